namespace LiveDash.Web.ViewModels;

/// <summary>The colour scales that pages offer, by the name that addresses use. The first follows the theme; the others are matplotlib's (public domain) and Google's Turbo (2019). Immutable.</summary>
public static class ColorScales
{
    /// <summary>The theme's own: its stops are the page's tokens.</summary>
    public const string OfTheme = "";

    private static readonly Dictionary<string, string[]> s_stops = new(StringComparer.Ordinal)
    {
        ["viridis"] = ["#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"],
        ["cividis"] = ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838"],
        ["magma"] = ["#000004", "#180f3d", "#440f76", "#721f81", "#9e2f7f", "#cd4071", "#f1605d", "#fd9668", "#feca8d", "#fcfdbf"],
        ["turbo"] = ["#30123b", "#4145ab", "#4675ed", "#39a2fc", "#1bcfd4", "#24eca6", "#61fc6c", "#a4fc3b", "#d1e834", "#f3c63a", "#fe9b2d", "#f36315", "#d93806", "#b11901", "#7a0402"],
    };

    /// <summary>Names with what a list of choices says.</summary>
    public static IReadOnlyList<(string Name, string Text)> Choices { get; } =
        [(OfTheme, "LiveDash"), ("viridis", "Viridis"), ("cividis", "Cividis (for every colour vision)"), ("magma", "Magma"), ("turbo", "Turbo")];

    /// <summary>The name where there is such a scale, else the theme's.</summary>
    public static string Known(string? name) => name is not null && s_stops.ContainsKey(name) ? name : OfTheme;

    /// <summary>The colours from the least to the greatest, as #rrggbb; null for the theme's own.</summary>
    public static IReadOnlyList<string>? Stops(string name) => s_stops.GetValueOrDefault(name);
}
