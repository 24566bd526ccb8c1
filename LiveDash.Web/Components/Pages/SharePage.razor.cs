using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What a share link opens: one dashboard, as on a wall, after its password where it has one. Rendered without a circuit.</summary>
public sealed partial class SharePage : ComponentBase
{
    private ShareLink? _link;
    private string? _fault;
    private bool _isFramed;

    /// <summary>What opens it.</summary>
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "share", Name = "Password")]
    private string? Password { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        _link = Services.GetService<SharedCookies>()?.Find(Token);
        // In the frame of another site the cookie that guards the form does not come along.
        _isFramed = _link?.PasswordHash is not null && Context.Request.Headers["Sec-Fetch-Dest"] is [{ } dest] && dest is "iframe" or "frame" && Context.Request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "cross-site" or "same-site";
        if (_link is null) Context.Response.StatusCode = StatusCodes.Status410Gone;
        else if (_link.PasswordHash is null && HttpMethods.IsGet(Context.Request.Method)) await OpenAsync("");
    }

    private Task SubmitAsync() => OpenAsync(Password ?? "");

    private async Task OpenAsync(string password)
    {
        if (_link is null || Services.GetService<SharedCookies>() is not { } cookies) return;
        _fault = await cookies.OpenAsync(Context, _link, password);
        if (_fault is null) Navigation.NavigateTo(Navigation.BaseUri + "wall/" + Uri.EscapeDataString(_link.Dashboard));
    }
}
