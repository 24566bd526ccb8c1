using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>The second half of a sign-in: a code of an app or a recovery code, or the setting up of an app where the role needs one. Rendered without a circuit.</summary>
public sealed partial class SignInCodePage : ComponentBase
{
    private HalfSignIn? _half;
    private string? _key;
    private string? _place;
    private bool _hasPasskey;
    private bool _takesCode;
    private string? _fault;
    private IReadOnlyList<string> _codes = [];

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "second-factor")]
    private SecondFactorForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private PasskeyBook Passkeys { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Back => Navigation.BaseUri.TrimEnd('/') + LocalAddress.Of(ReturnUrl);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        if (Services.GetService<SecondFactorDesk>() is not { } desk || (_half = await desk.PendingAsync(Context)) is null) Navigation.NavigateTo(Navigation.BaseUri + "sign-in");
        else await LookAsync(desk, _half.User);
    }

    private async Task LookAsync(SecondFactorDesk desk, AccountUser user)
    {
        _hasPasskey = Passkeys.Has(user.Id);
        _place = PasskeyPlace.Fault(Context.Request);
        // Who has a passkey and no app shows the passkey: a password alone does not set up another factor.
        _takesCode = Factors.IsOn(user.Id) || !_hasPasskey;
        if (_takesCode && !Factors.IsOn(user.Id)) _key = await desk.KeyAsync(user);
    }

    private async Task SubmitAsync()
    {
        if (_half is null || Services.GetService<SecondFactorDesk>() is not { } desk) return;
        if (Form!.Passkey is { Length: > 0 } passkey)
        {
            _fault = await Services.GetRequiredService<PasskeyDesk>().FinishAsync(Context, _half, passkey);
            if (_fault is null) Navigation.NavigateTo(Back);
            return;
        }

        if (_key is not null)
        {
            (_fault, _codes) = await desk.ConfirmAsync(Context, _half.User, _half, Form.Code ?? "");
            return;
        }

        _fault = await desk.FinishAsync(Context, _half, Form.Code ?? "");
        if (_fault is null) Navigation.NavigateTo(Back);
    }
}
