using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in sets up a second factor, makes other recovery codes or takes it off, each with the password.</summary>
public sealed partial class SecondFactorPage : OwnAccountPageBase
{
    private string? _key;
    private string? _fault;
    private int _left;
    private IReadOnlyList<string> _codes = [];

    [SupplyParameterFromForm(FormName = "own-factor")]
    private SecondFactorForm? Form { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(AccountUser person)
    {
        Form ??= new();
        if (Services.GetService<SecondFactorDesk>() is not { } desk) Leave();
        else if (Factors.Find(person.Id) is { IsConfirmed: true } factor) _left = factor.RecoveryHashes.Count;
        else _key = await desk.KeyAsync(person);
    }

    private async Task SubmitAsync()
    {
        if (Person is not { } person || Services.GetService<SecondFactorDesk>() is not { } desk) return;
        var (password, code) = (Form!.Password ?? "", Form.Code ?? "");
        if (_key is not null)
        {
            _fault = await desk.PasswordFaultAsync(Context, person, password);
            if (_fault is null) (_fault, _codes) = await desk.ConfirmAsync(Context, person, half: null, code);
        }
        else if (Form.Do == "off")
        {
            _fault = await desk.TakeOffAsync(Context, person, password, code);
            if (_fault is null) Leave();
        }
        else
        {
            (_fault, _codes) = await desk.RenewCodesAsync(Context, person, password, code);
        }
    }
}
