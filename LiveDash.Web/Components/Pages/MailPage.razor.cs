using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in says where mail reaches them, with the password and the second factor: whoever reads that mail can set another one. Rendered without a circuit.</summary>
public sealed partial class MailPage : ComponentBase
{
    private AccountUser? _user;
    private string? _fault;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "mail")]
    private MailForm? Form { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        _user = AccessClaims.OwnAccount(Context.User, Accounts);
        if (_user is null) Navigation.NavigateTo(Navigation.BaseUri + "account");
        Form ??= new() { Mail = _user?.Email };
    }

    private async Task SubmitAsync()
    {
        if (_user is null || Services.GetService<SignInDesk>() is not { } desk) return;
        _fault = await desk.ChangeMailAsync(Context, Form!.Mail ?? "", Form.Password ?? "", Form.Code ?? "");
        if (_fault is null) Navigation.NavigateTo(Navigation.BaseUri + "account");
    }
}
