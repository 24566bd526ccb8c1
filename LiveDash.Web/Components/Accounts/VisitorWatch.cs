using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Accounts;

/// <summary>Loads the page anew when its session has ended, which leads to the sign-in, and says so when something was refused. Renders nothing.</summary>
public sealed class VisitorWatch : ComponentBase, IDisposable
{
    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Visitor.Ended -= OnEnded;
        Visitor.Denied -= OnDenied;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Visitor.Ended += OnEnded;
        Visitor.Denied += OnDenied;
    }

    private void OnEnded() => _ = InvokeAsync(() => Navigation.NavigateTo(Navigation.Uri, forceLoad: true));

    private void OnDenied(AccountRole needed) =>
        Snackbar.Add($"This needs the role {RoleWords.Of(needed)}; yours is {RoleWords.Of(Visitor.Role)}.", Severity.Warning);
}
