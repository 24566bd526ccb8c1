using LiveDash.Web.Components.Accounts;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who is signed in takes another password, with the one of now. Rendered without a circuit, since the cookie is made anew.</summary>
public sealed partial class PasswordPage : ComponentBase
{
    private IReadOnlyList<string> _faults = [];

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Form { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Form ??= new();
        if (Services.GetService<SignInDesk>() is null) Navigation.NavigateTo(Navigation.BaseUri + "account");
    }

    private async Task SubmitAsync()
    {
        if (Services.GetService<SignInDesk>() is not { } desk) return;
        _faults = Form!.Password != Form.Again ? ["The two new passwords differ."] : await desk.ChangePasswordAsync(Context, Form.Now ?? "", Form.Password ?? "");
        if (_faults.Count == 0) Navigation.NavigateTo(Navigation.BaseUri + "account");
    }
}
