using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Web.Security.Sharing;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What the link of a notice opens: its one alert, to acknowledge or to silence by a button. To look changes nothing, so what mail programs fetch beforehand does nothing. Rendered without a circuit.</summary>
public sealed partial class NoticePage : ComponentBase
{
    private Episode? _episode;
    private Alert? _alert;
    private string? _fault;
    private string? _done;

    /// <summary>What opens it.</summary>
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "notice", Name = "Do")]
    private string? Do { get; set; }

    [Inject]
    private NoticeDesk Desk { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Look();
        if (_episode is null) Context.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private async Task SubmitAsync()
    {
        if (_episode is null) return;
        var address = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        var isDone = Do == "acknowledge" ? await Desk.AcknowledgeAsync(Token, address) : int.TryParse(Do, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && await Desk.SilenceAsync(Token, hours, address);
        _done = isDone ? Do == "acknowledge" ? "It is acknowledged." : "It is silenced." : null;
        _fault = isDone ? null : "Nothing was done: it is over, or there are too many silences.";
        Look();
    }

    private void Look() => (_episode, _alert) = Desk.Find(NoticeLinkKind.Action, Token);
}
