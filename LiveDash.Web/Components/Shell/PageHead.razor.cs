using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>
/// A page's name in the app bar, where it is the <c>h1</c> and the browser's title, with the group and the page it belongs to. Every page renders one;
/// what it gives as content stands behind the name: a picker, a star.
/// </summary>
public sealed partial class PageHead : ComponentBase
{
    /// <summary>Where the app bar takes it from.</summary>
    public const string Section = "page-head";

    private NavPage? _page;

    /// <summary>What the page is called.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>True where the page follows <see cref="ViewModels.ViewTime"/>: then the app bar shows the range and whether it is live.</summary>
    [Parameter]
    public bool Ranged { get; set; }

    /// <summary>What stands behind the name.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _page = NavPage.Of(Navigation.ToBaseRelativePath(Navigation.Uri));
}
