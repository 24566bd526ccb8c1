using System.Globalization;
using System.Text.RegularExpressions;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web;

/// <summary>Holds app.css to what docs/ARCHITECTURE.md promises of it, on the file as it is served.</summary>
public sealed partial class ThemeTokensTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private static readonly string[] s_surfaces = ["--bg", "--surface", "--surface-2"];

    [Fact]
    public async Task DarkBlocks_OfSystemAndOfChoice_AreEqual()
    {
        var css = await ReadAsync();

        Assert.Equal(Tokens(css, ":root:not([data-theme=\"light\"]) {"), Tokens(css, ":root[data-theme=\"dark\"] {"));
    }

    [Theory]
    [InlineData("\n:root {")]
    [InlineData(":root[data-theme=\"dark\"] {")]
    public async Task Text_OnEverySurface_HasContrast(string block)
    {
        var tokens = Tokens(await ReadAsync(), block);

        foreach (var surface in s_surfaces)
        {
            foreach (var text in new[] { "--ink", "--ink-2", "--ink-3", "--accent" }) AssertContrast(tokens, text, surface, 4.5);
        }

        foreach (var severity in new[] { "--ok", "--info", "--warn", "--crit" })
        {
            AssertContrast(tokens, severity, "--surface", 4.5);
            AssertContrast(tokens, severity, severity + "-soft", 4.5);
            AssertContrast(tokens, "--ink", severity + "-soft", 4.5);
        }

        AssertContrast(tokens, "--on-accent", "--accent", 4.5);
        AssertContrast(tokens, "--accent", "--accent-soft", 4.5);
        for (var i = 1; i <= 8; i++) AssertContrast(tokens, $"--chart-{i}", "--surface", 3);
    }

    [Theory]
    [InlineData("\n:root {", "light")]
    [InlineData(":root[data-theme=\"dark\"] {", "dark")]
    public async Task Plots_OfATheme_HaveTheColoursOfThePages(string block, string theme)
    {
        var tokens = Tokens(await ReadAsync(), block);
        var plot = PlotTheme.Find(theme)!;

        Assert.Equal(Enumerable.Range(1, 8).Select(i => tokens[$"--chart-{i}"]), plot.Series.Select(static color => color.ToString()));
        Assert.Equal((tokens["--surface"], tokens["--ink"], tokens["--ink-3"], tokens["--chart-grid"]), (plot.Back.ToString(), plot.Text.ToString(), plot.Quiet.ToString(), plot.Grid.ToString()));
    }

    private static void AssertContrast(Dictionary<string, string> tokens, string front, string back, double least)
    {
        var (a, b) = (Luminance(tokens[front]), Luminance(tokens[back]));
        var contrast = (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
        Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{front} on {back}: {contrast:0.00}, at least {least} is asked for"));
    }

    // WCAG 2.2, "relative luminance".
    private static double Luminance(string hex)
    {
        var sum = 0.0;
        foreach (var (at, weight) in new[] { (1, 0.2126), (3, 0.7152), (5, 0.0722) })
        {
            var channel = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            sum += weight * (channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4));
        }

        return sum;
    }

    private static Dictionary<string, string> Tokens(string css, string block)
    {
        var from = css.IndexOf(block, StringComparison.Ordinal) + block.Length;
        return Token().Matches(css[from..css.IndexOf('}', from)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    [GeneratedRegex(@"(--[\w-]+|color-scheme):\s*([^;]+);")]
    private static partial Regex Token();

    private Task<string> ReadAsync() => fixture.App.Client.GetStringAsync(new Uri("/app.css", UriKind.Relative));
}
