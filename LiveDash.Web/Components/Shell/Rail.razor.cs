using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LiveDash.Web.Components.Shell;

/// <summary>
/// The navigation: a rail at the side, and a drawer for screens without room for one. Both are laid out by css/shell.css alone and work before, and
/// without, a circuit: that is why they are not MudDrawers, whose width and place the server decides.
/// </summary>
public sealed partial class Rail : ComponentBase, IDisposable
{
    private NavPage? _here;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Look();
        Navigation.LocationChanged += OnLocationChanged;
    }

    private static string Id(string group) => "nav-" + group.Split(' ')[0].ToLowerInvariant();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Look();
        _ = InvokeAsync(StateHasChanged);
    }

    private void Look() => _here = NavPage.Of(Navigation.ToBaseRelativePath(Navigation.Uri));
}
