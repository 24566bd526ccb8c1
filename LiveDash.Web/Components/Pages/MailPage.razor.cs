using LiveDash.Core.Accounts;
using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in says where mail reaches them, with the password and the second factor: whoever reads that mail can set another one.</summary>
public sealed partial class MailPage : OwnAccountPageBase
{
    private string? _fault;

    [SupplyParameterFromForm(FormName = "mail")]
    private MailForm? Form { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync(AccountUser person)
    {
        Form ??= new() { Mail = person.Email };
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (Person is null || Services.GetService<SignInDesk>() is not { } desk) return;
        _fault = await desk.ChangeMailAsync(Context, Form!.Mail ?? "", Form.Password ?? "", Form.Code ?? "");
        if (_fault is null) Leave();
    }
}
