using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Layout;

/// <summary>The frame around every page: navigation, theme, banners.</summary>
public sealed partial class MainLayout : LayoutComponentBase
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // With a base address a bare "#main" would lead to the first page.
    private string SkipTarget => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#main";
}
