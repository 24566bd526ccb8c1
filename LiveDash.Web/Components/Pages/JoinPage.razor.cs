using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What a one-time address opens: the first administrator's account, an invitation, another password. Rendered without a circuit.</summary>
public sealed partial class JoinPage : ComponentBase
{
    private AccountTicket? _ticket;
    private string? _account;
    private IReadOnlyList<string> _faults = [];

    /// <summary>What opens it.</summary>
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "join")]
    private JoinForm? Form { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => _ticket?.Purpose switch
    {
        TicketPurpose.FirstRun => "The first administrator",
        TicketPurpose.Reset => "Another password",
        _ => "Your account",
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        _ticket = Services.GetService<SignInDesk>()?.Ticket(Token);
        if (_ticket is null) Context.Response.StatusCode = StatusCodes.Status410Gone;
        else if (_ticket.UserId is { } id) _account = Services.GetRequiredService<AccountBook>().Find(id)?.Name;
    }

    private async Task SubmitAsync()
    {
        if (_ticket is null || Services.GetService<SignInDesk>() is not { } desk) return;
        _faults = Form!.Password != Form.Again ? ["The two passwords differ."] : await desk.JoinAsync(Context, Token, Form.Name ?? "", Form.Password ?? "");
        if (_faults.Count == 0) Navigation.NavigateTo(Navigation.BaseUri + (desk.IsHalfWay ? "sign-in/second-factor" : ""));
    }
}
