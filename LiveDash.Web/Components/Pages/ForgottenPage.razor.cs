using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where somebody who has forgotten the password asks for another one by mail. Rendered without a circuit.</summary>
public sealed partial class ForgottenPage : ComponentBase
{
    private bool _isOffered;
    private bool _isSent;
    private string? _fault;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "forgotten", Name = "Name")]
    private string? Name { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Context.Response.Headers.CacheControl = "no-store";
        _isOffered = Services.GetService<ForgottenPasswords>()?.IsOffered == true;
    }

    private void Submit()
    {
        if (!_isOffered) return;
        var name = Name ?? "";
        var isTaken = name.Length <= 254 && Services.GetRequiredService<SignInLimits>().TryTake(Context.Connection.RemoteIpAddress, name);
        if (isTaken) Services.GetRequiredService<ForgottenPasswords>().Ask(name, Context.Connection.RemoteIpAddress?.ToString() ?? "");
        (_fault, _isSent) = (isTaken ? null : SignInDesk.TooMany, isTaken);
    }
}
