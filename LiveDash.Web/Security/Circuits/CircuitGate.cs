using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveDash.Web.Security.Circuits;

/// <summary>
/// Holds one circuit to who it was opened by: once the session has ended or the role has changed, whatever comes from the browser is dropped, at once, and the page is loaded
/// anew. One a circuit; only where people sign in.
/// </summary>
internal sealed class CircuitGate(AuthenticationStateProvider authentication, Visitor visitor, OpenCircuits all, AuditLog audit) : CircuitHandler
{
    private volatile bool _ended;
    private ClaimsPrincipal _owner = new();
    private Actor? _actor;

    /// <summary>The session it was opened with; null where a proxy signed in.</summary>
    public string? Session => AccessClaims.SessionOf(_owner);

    /// <summary>The share link it was opened by; null where somebody signed in.</summary>
    public string? Share => AccessClaims.ShareOf(_owner);

    /// <summary>The account it was opened by.</summary>
    public string? UserId => AccessClaims.UserOf(_owner);

    /// <summary>The role it was opened with.</summary>
    public AccountRole? Role => AccessClaims.RoleOf(_owner);

    /// <summary>Ends it: nothing that the browser sends is taken any more.</summary>
    public void End()
    {
        if (_ended) return;
        _ended = true;
        visitor.End();
    }

    /// <inheritdoc/>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _owner = (await authentication.GetAuthenticationStateAsync()).User;
        _actor = new Actor(visitor.Name ?? "", visitor.SharedDashboard is null ? "person" : "link", all.AddressOf(this));
        visitor.Denied += OnDenied;
        all.Add(this);
        // Ended between the page and its circuit.
        if (!all.Lasts(this)) End();
    }

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_ended) visitor.End();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        visitor.Denied -= OnDenied;
        all.Remove(this);
        return Task.CompletedTask;
    }

    // A button that is not shown is pressed by who forges events; a share link's reader has no name.
    private void OnDenied(AccountRole needed) => _ = audit.AddRefusedAsync(_actor!, "a page", $"This needs the role {needed.ToString().ToLowerInvariant()}.", CancellationToken.None);

    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context =>
        {
            if (_ended) return Task.CompletedTask;
            Actor.Current = _actor;
            return next(context);
        };
}
