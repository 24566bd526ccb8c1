using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in sets up a second factor, makes other recovery codes or takes it off, each with the password. Rendered without a circuit, since the cookie is made anew.</summary>
public sealed partial class SecondFactorPage : ComponentBase
{
    private AccountUser? _user;
    private string? _key;
    private string? _fault;
    private int _left;
    private IReadOnlyList<string> _codes = [];

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "own-factor")]
    private SecondFactorForm? Form { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        // Of an account with a password, and in a session of its own: for a proxy's people the proxy asks.
        _user = AccessClaims.OwnAccount(Context.User, Accounts);
        if (_user is null || Services.GetService<SecondFactorDesk>() is not { } desk)
        {
            _user = null;
            Navigation.NavigateTo(Navigation.BaseUri + "account");
        }
        else if (Factors.Find(_user.Id) is { IsConfirmed: true } factor)
        {
            _left = factor.RecoveryHashes.Count;
        }
        else
        {
            _key = await desk.KeyAsync(_user);
        }
    }

    private async Task SubmitAsync()
    {
        if (_user is null || Services.GetService<SecondFactorDesk>() is not { } desk) return;
        var (password, code) = (Form!.Password ?? "", Form.Code ?? "");
        if (_key is not null)
        {
            _fault = await desk.PasswordFaultAsync(Context, _user, password);
            if (_fault is null) (_fault, _codes) = await desk.ConfirmAsync(Context, _user, half: null, code);
        }
        else if (Form.Do == "off")
        {
            _fault = await desk.TakeOffAsync(Context, _user, password, code);
            if (_fault is null) Navigation.NavigateTo(Navigation.BaseUri + "account");
        }
        else
        {
            (_fault, _codes) = await desk.RenewCodesAsync(Context, _user, password, code);
        }
    }
}
