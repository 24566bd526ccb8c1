using System.Text.RegularExpressions;

namespace LiveDash.Tests.Architecture;

/// <summary>Pages stand under a base path as well as at the root, so no link, question or script of theirs begins with a slash.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] s_screens = ["LiveDash.Web/Components/", "LiveDash.Web/ViewModels/", "LiveDash.Web/LiveView/", "LiveDash.Web/wwwroot/js/"];

    [Fact]
    public void Addresses_OfPagesAndScripts_AreRelativeToTheBase()
    {
        var faults = SourceTree.Files(".razor", ".cs", ".js")
            .Where(static file => s_screens.Any(screen => file.Path.StartsWith(screen, StringComparison.Ordinal)))
            .SelectMany(static file => file.Text.Split('\n')
                .Select(static (line, index) => (Line: line, Number: index + 1))
                .Where(static one => !one.Line.StartsWith("@page", StringComparison.Ordinal) && Absolute().IsMatch(one.Line))
                .Select(one => $"{file.Path}({one.Number}) leaves the base path: {one.Line.Trim()}"))
            .ToList();

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Theory]
    [InlineData("<a href=\"/alerts\">", true)]
    [InlineData("<a href=\"@($\"/d/{id}\")\">", true)]
    [InlineData("<img src=\"/api/plots\">", true)]
    [InlineData("Navigation.NavigateTo(\"/\")", true)]
    [InlineData("string Of() => $\"/rules/edit/{id}\";", true)]
    [InlineData("fetch(`/api/points?${q}`)", true)]
    [InlineData("fetch('/get_points')", true)]
    [InlineData("<a href=\"./\">", false)]
    [InlineData("fetch('api/points')", false)]
    [InlineData("(\"/s\", ValueUnit.PerSecond)", false)]
    [InlineData("new(\"Add an output\", \"/etc/telegraf/telegraf.conf\")", false)]
    public void Line_WithAnAddress_IsFoundWhereItBeginsWithASlash(string line, bool isFound) => Assert.Equal(isFound, Absolute().IsMatch(line));

    [GeneratedRegex("""(\b(href|src|action|Href)="@?\(?\$?"?/|NavigateTo\(\$?"/|navigateTo\([`'"]/|["'`]/(d/|wall|explore|grid|series|alerts|rules|silences|settings|channels|send|sources|import|reports|plots|anomalies|accounts|account|keys|audit|workers|windows|dashboards|api|get_points|submit|jobs|download|favicon)\b)""")]
    private static partial Regex Absolute();
}
