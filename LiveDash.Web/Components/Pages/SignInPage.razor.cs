using LiveDash.Web.Security;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Oidc;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody signs in with a name and a password. Rendered without a circuit: nothing live is sent to a stranger.</summary>
public sealed partial class SignInPage : ComponentBase
{
    private string? _fault;
    private bool _sendsMail;
    private bool _takesPasskeys;
    private string? _provider;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Fault { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string SecondFactorAddress => Navigation.BaseUri + "sign-in/second-factor" + (ReturnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(LocalAddress.Of(ReturnUrl)));

    private string Back => Navigation.BaseUri.TrimEnd('/') + LocalAddress.Of(ReturnUrl);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        _provider = Services.GetService<OidcSettings>()?.Name;
        if (HttpMethods.IsGet(Context.Request.Method)) _fault = OidcDesk.Words(Fault);
        _takesPasskeys = Services.GetService<PasskeyDesk>()?.IsOffered(Context.Request) == true;
        _sendsMail = Services.GetService<ForgottenPasswords>()?.IsOffered == true;
        // Where nobody signs in, or somebody has already, there is nothing to ask.
        if (Services.GetRequiredService<SecurityState>().Mode != SecurityMode.Accounts || (HttpMethods.IsGet(Context.Request.Method) && AccessClaims.SessionOf(Context.User) is not null)) Navigation.NavigateTo(Back);
    }

    private async Task SubmitAsync()
    {
        if (Services.GetService<SignInDesk>() is not { } desk) return;
        if (Form!.Passkey is { Length: > 0 } passkey)
        {
            _fault = await Services.GetRequiredService<PasskeyDesk>().SignInAsync(Context, passkey, Form.Remember);
            if (_fault is null) Navigation.NavigateTo(Back);
            return;
        }

        _fault = await desk.SignInAsync(Context, Form.Name ?? "", Form.Password ?? "", Form.Remember);
        if (_fault is null) Navigation.NavigateTo(desk.IsHalfWay ? SecondFactorAddress : Back);
    }
}
