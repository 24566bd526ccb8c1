using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in adds and removes passkeys, each with password and code, and names them. Rendered without a circuit, since the cookie is made anew.</summary>
public sealed partial class PasskeysPage : ComponentBase
{
    private AccountUser? _user;
    private string? _fault;
    private string? _renameFault;
    private string? _place;
    private IReadOnlyList<AccountPasskey> _passkeys = [];

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "passkeys")]
    private PasskeyForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "passkey-name")]
    private PasskeyRenameForm? Rename { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private PasskeyBook Passkeys { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        Rename ??= new();
        _user = AccessClaims.OwnAccount(Context.User, Accounts);
        if (_user is null)
        {
            Navigation.NavigateTo(Navigation.BaseUri + "account");
            return;
        }

        _place = PasskeyPlace.Fault(Context.Request);
        _passkeys = Passkeys.Of(_user.Id);
    }

    private async Task RenameAsync()
    {
        if (_user is null || Services.GetService<PasskeyDesk>() is not { } desk) return;
        _renameFault = await desk.RenameAsync(_user, Rename!.Id ?? "", Rename.Name ?? "");
        if (_renameFault is null) Navigation.NavigateTo(Navigation.BaseUri + "account/passkeys");
    }

    private async Task SubmitAsync()
    {
        if (_user is null || Services.GetService<PasskeyDesk>() is not { } desk) return;
        var (password, code) = (Form!.Password ?? "", Form.Code ?? "");
        _fault = Form.Remove is { Length: > 0 } removed ? await desk.RemoveAsync(Context, _user, removed, password, code) : await desk.AddAsync(Context, _user, Form.Name ?? "", Form.Passkey ?? "", password, code);
        // Loaded anew: what was typed is gone, and going back sends nothing twice.
        if (_fault is null) Navigation.NavigateTo(Navigation.BaseUri + "account/passkeys");
    }
}
