using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>The bar above every page: where one is, search, range, zone, alerts, theme, wall.</summary>
public sealed partial class AppBar : ComponentBase;
