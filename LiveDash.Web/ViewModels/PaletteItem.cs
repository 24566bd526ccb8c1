namespace LiveDash.Web.ViewModels;

/// <summary>One thing that the palette finds.</summary>
/// <param name="Kind">Its heading, such as <c>Pages</c>.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Detail">What stands behind it, small; may be empty.</param>
/// <param name="Address">Where it leads; null for an action.</param>
/// <param name="Action">What it does; null for an address.</param>
public sealed record PaletteItem(string Kind, string Text, string Detail, string? Address, string? Action = null);
