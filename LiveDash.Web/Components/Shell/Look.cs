using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>
/// MudBlazor's theme in the product's own tokens. It is not rendered by a <c>MudThemeProvider</c>, which takes light or dark from the server and prints
/// an inline style: <c>wwwroot/css/mud-theme.css</c> holds what the provider would print, keyed to <c>data-theme</c> as <c>app.css</c> is. A test
/// compares that file with this theme, and these colours with the tokens of <c>app.css</c>.
/// </summary>
public static class Look
{
    private const string Normal = "normal";
    private static readonly string[] s_font = ["IBM Plex Sans", "system-ui", "sans-serif"];

    /// <summary>The one theme, light and dark.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        Typography = Letters(),
        // The app bar and the rail as css/shell.css lays them out; in rem, so that they grow with the root on a wall.
        LayoutProperties = new() { AppbarHeight = "3rem", DefaultBorderRadius = "0.3125rem", DrawerMiniWidthLeft = "4.5rem", DrawerWidthLeft = "16rem", DrawerWidthRight = "34rem" },
    };

    private static PaletteLight Light() => new()
    {
        Black = "#12181f", White = "#ffffff", Surface = "#ffffff", Background = "#f3f5f7", BackgroundGray = "#eef1f4",
        Primary = "#1557c0", PrimaryContrastText = "#ffffff", Secondary = "#414d5b", SecondaryContrastText = "#ffffff",
        Tertiary = "#00846a", TertiaryContrastText = "#ffffff", Info = "#1557c0", InfoContrastText = "#ffffff",
        Success = "#0b6e4f", SuccessContrastText = "#ffffff", Warning = "#8a5200", WarningContrastText = "#ffffff",
        Error = "#b3261e", ErrorContrastText = "#ffffff", Dark = "#12181f", DarkContrastText = "#ffffff",
        TextPrimary = "#12181f", TextSecondary = "#5a6776", TextDisabled = "#5a6776", ActionDefault = "#414d5b", ActionDisabled = "#8f9baa",
        DrawerBackground = "#ffffff", DrawerText = "#414d5b", DrawerIcon = "#414d5b", AppbarBackground = "#ffffff", AppbarText = "#12181f",
        LinesDefault = "#dde2e8", LinesInputs = "#8f9baa", TableLines = "#dde2e8", TableStriped = "#eef1f4", TableHover = "#eef1f4",
        Divider = "#dde2e8", DividerLight = "#dde2e8",
    };

    private static PaletteDark Dark() => new()
    {
        Black = "#0d1116", White = "#ffffff", Surface = "#141a21", Background = "#0d1116", BackgroundGray = "#1c242d",
        Primary = "#7fb0ff", PrimaryContrastText = "#0a1a33", Secondary = "#b4bfcb", SecondaryContrastText = "#0a1a33",
        Tertiary = "#2cc39b", TertiaryContrastText = "#0a1a33", Info = "#7fb0ff", InfoContrastText = "#0a1a33",
        Success = "#52c99a", SuccessContrastText = "#0a1a33", Warning = "#f0b04d", WarningContrastText = "#0a1a33",
        Error = "#ff8d84", ErrorContrastText = "#0a1a33", Dark = "#27313c", DarkContrastText = "#ffffff",
        TextPrimary = "#e9edf2", TextSecondary = "#93a0af", TextDisabled = "#93a0af", ActionDefault = "#b4bfcb", ActionDisabled = "#66758a",
        DrawerBackground = "#141a21", DrawerText = "#b4bfcb", DrawerIcon = "#b4bfcb", AppbarBackground = "#141a21", AppbarText = "#e9edf2",
        LinesDefault = "#27313c", LinesInputs = "#66758a", TableLines = "#27313c", TableStriped = "#1c242d", TableHover = "#1c242d",
        Divider = "#27313c", DividerLight = "#27313c",
    };

    private static Typography Letters() => new()
    {
        Default = new DefaultTypography { FontFamily = s_font, FontSize = "0.8125rem", LineHeight = "1.54", LetterSpacing = Normal },
        H1 = new H1Typography { FontFamily = s_font, FontSize = "0.9375rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = Normal },
        H2 = new H2Typography { FontFamily = s_font, FontSize = "0.8125rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = Normal },
        H3 = new H3Typography { FontFamily = s_font, FontSize = "0.8125rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = Normal },
        H4 = new H4Typography { FontFamily = s_font, FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.2", LetterSpacing = Normal },
        H5 = new H5Typography { FontFamily = s_font, FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = Normal },
        H6 = new H6Typography { FontFamily = s_font, FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = Normal },
        Subtitle1 = new Subtitle1Typography { FontFamily = s_font, FontSize = "0.8125rem", LineHeight = "1.54", LetterSpacing = Normal },
        Subtitle2 = new Subtitle2Typography { FontFamily = s_font, FontSize = "0.75rem", LineHeight = "1.4", LetterSpacing = Normal },
        Body1 = new Body1Typography { FontFamily = s_font, FontSize = "0.8125rem", LineHeight = "1.54", LetterSpacing = Normal },
        Body2 = new Body2Typography { FontFamily = s_font, FontSize = "0.8125rem", LineHeight = "1.54", LetterSpacing = Normal },
        Button = new ButtonTypography { FontFamily = s_font, FontSize = "0.8125rem", LineHeight = "1.25", LetterSpacing = Normal, TextTransform = "none" },
        Caption = new CaptionTypography { FontFamily = s_font, FontSize = "0.75rem", LineHeight = "1.35", LetterSpacing = Normal },
        Overline = new OverlineTypography { FontFamily = s_font, FontSize = "0.75rem", LineHeight = "1.35", LetterSpacing = Normal },
    };
}
