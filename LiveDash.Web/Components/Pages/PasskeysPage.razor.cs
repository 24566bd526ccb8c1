using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in adds and removes passkeys, each with password and code, and names them.</summary>
public sealed partial class PasskeysPage : OwnAccountPageBase
{
    private string? _fault;
    private string? _renameFault;
    private string? _place;
    private IReadOnlyList<AccountPasskey> _passkeys = [];

    [SupplyParameterFromForm(FormName = "passkeys")]
    private PasskeyForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "passkey-name")]
    private PasskeyRenameForm? Rename { get; set; }

    [Inject]
    private PasskeyBook Passkeys { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task BeginAsync(AccountUser person)
    {
        Form ??= new();
        Rename ??= new();
        _place = PasskeyPlace.Fault(Context.Request);
        _passkeys = Passkeys.Of(person.Id);
        return Task.CompletedTask;
    }

    private async Task RenameAsync()
    {
        if (Person is not { } person || Services.GetService<PasskeyDesk>() is not { } desk) return;
        _renameFault = await desk.RenameAsync(person, Rename!.Id ?? "", Rename.Name ?? "");
        if (_renameFault is null) Leave("account/passkeys");
    }

    private async Task SubmitAsync()
    {
        if (Person is not { } person || Services.GetService<PasskeyDesk>() is not { } desk) return;
        var (password, code) = (Form!.Password ?? "", Form.Code ?? "");
        _fault = Form.Remove is { Length: > 0 } removed ? await desk.RemoveAsync(Context, person, removed, password, code) : await desk.AddAsync(Context, person, Form.Name ?? "", Form.Passkey ?? "", password, code);
        if (_fault is null) Leave("account/passkeys");
    }
}
