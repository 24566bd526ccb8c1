using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>The account of who looks at it: role, sessions to end, signing out.</summary>
public sealed partial class AccountPage : ComponentBase, IDisposable
{
    private IReadOnlyList<AccountSession> _sessions = [];

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private FactorBook Factors { get; set; } = default!;

    [Inject]
    private PasskeyBook Passkeys { get; set; } = default!;

    [Inject]
    private SessionBook Sessions { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Address => Navigation.BaseUri + "account/sign-out";

    /// <inheritdoc/>
    public void Dispose()
    {
        Zone.Changed -= OnZone;
        Sessions.Ended -= OnEnded;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Zone.Changed += OnZone;
        Sessions.Ended += OnEnded;
        Look();
    }

    private void Look() => _sessions = Visitor is { Session: not null, UserId: { } id } ? Sessions.Of(id, Time.GetUtcNow()) : [];

    private async Task EndAsync(string id)
    {
        var own = Visitor.UserId;
        await Sessions.EndAsync(session => session.Id == id && session.UserId == own, CancellationToken.None);
        Look();
    }

    private void OnZone() => _ = InvokeAsync(StateHasChanged);

    private void OnEnded(string session) => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });
}
