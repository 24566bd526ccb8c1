using System.Text;
using System.Text.RegularExpressions;
using Bunit;
using LiveDash.Tests.Architecture;
using LiveDash.Web.Components.Shell;
using MudBlazor;
using MudBlazor.Services;
using MudBlazor.Utilities;

namespace LiveDash.Tests.Web.Shell;

/// <summary><c>css/mud-theme.css</c> says what a <c>MudThemeProvider</c> would say of <see cref="Look.Theme"/>, and that theme says what the tokens say.</summary>
public sealed partial class MudThemeTests : BunitContext
{
    private const string Head = "/* MudBlazor's variables for Look.Theme, as MudThemeProvider prints them, by theme. Written by MudThemeTests: change Look.cs, not this file. */\n";

    public MudThemeTests()
    {
        Services.AddMudServices(static options => options.PopoverOptions.CheckForPopoverProvider = false);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void ThemeFile_AsWrittenAnew_IsTheOneServed()
    {
        var wanted = Write();
        var served = File.ReadAllText(Path.Combine(SourceTree.Root, "LiveDash.Web/wwwroot/css/mud-theme.css"));
        var anew = Path.Combine(AppContext.BaseDirectory, "mud-theme.css");
        if (wanted != served) File.WriteAllText(anew, wanted);

        Assert.True(wanted == served, $"css/mud-theme.css is not what Look.Theme gives. It was written anew to {anew}: look at the difference and copy it.");
    }

    [Fact]
    public void Palettes_OfLook_AreTheTokens()
    {
        var css = File.ReadAllText(Path.Combine(SourceTree.Root, "LiveDash.Web/wwwroot/app.css"));

        AssertTokens(Look.Theme.PaletteLight, Tokens(css, "\n:root {"));
        AssertTokens(Look.Theme.PaletteDark, Tokens(css, ":root[data-theme=\"dark\"] {"));
    }

    private static void AssertTokens(Palette palette, Dictionary<string, string> tokens)
    {
        (MudColor Color, string Token)[] pairs =
        [
            (palette.Background, "--bg"), (palette.Surface, "--surface"), (palette.BackgroundGray, "--surface-2"), (palette.LinesDefault, "--line"),
            (palette.LinesInputs, "--line-strong"), (palette.TextPrimary, "--ink"), (palette.Secondary, "--ink-2"), (palette.TextSecondary, "--ink-3"),
            (palette.Primary, "--accent"), (palette.PrimaryContrastText, "--on-accent"), (palette.Info, "--info"), (palette.Success, "--ok"),
            (palette.Warning, "--warn"), (palette.Error, "--crit"), (palette.Tertiary, "--chart-3"), (palette.DrawerText, "--ink-2"), (palette.Divider, "--line"),
        ];
        Assert.All(pairs, pair => Assert.Equal(tokens[pair.Token] + "ff", pair.Color.Value));
    }

    private string Write()
    {
        var light = Variables(isDark: false);
        var dark = Variables(isDark: true).Where(variable => light.GetValueOrDefault(variable.Key) != variable.Value).ToList();
        var css = new StringBuilder(Head);
        Block(css, ":root", light, "");
        css.Append("@media (prefers-color-scheme: dark) {\n");
        Block(css, "  :root:not([data-theme=\"light\"])", dark, "  ");
        css.Append("}\n");
        Block(css, ":root[data-theme=\"dark\"]", dark, "");
        return css.ToString();
    }

    private static void Block(StringBuilder css, string selector, IEnumerable<KeyValuePair<string, string>> variables, string indent)
    {
        css.Append(selector).Append(" {\n");
        foreach (var (name, value) in variables) css.Append(indent).Append("  ").Append(name).Append(": ").Append(value).Append(";\n");
        css.Append(indent).Append("}\n");
    }

    private Dictionary<string, string> Variables(bool isDark)
    {
        var provider = Render<MudThemeProvider>(parameters => parameters
            .Add(one => one.Theme, Look.Theme).Add(one => one.IsDarkMode, isDark).Add(one => one.ObserveSystemDarkModeChange, false));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Variable().Matches(provider.Markup)) variables.TryAdd(match.Groups[1].Value, System.Net.WebUtility.HtmlDecode(match.Groups[2].Value.Trim()));
        return variables;
    }

    private static Dictionary<string, string> Tokens(string css, string block)
    {
        var from = css.IndexOf(block, StringComparison.Ordinal) + block.Length;
        return Token().Matches(css[from..css.IndexOf('}', from)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    [GeneratedRegex(@"(--mud-[\w-]+):\s*([^;]+);")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(--[\w-]+):\s*([^;]+);")]
    private static partial Regex Token();
}
