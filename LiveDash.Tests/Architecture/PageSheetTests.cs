using System.Text.RegularExpressions;

namespace LiveDash.Tests.Architecture;

/// <summary>A page whose style sheet comes with it is not seen before that is there: its root names the sheet, which alone lets it be seen.</summary>
public sealed partial class PageSheetTests
{
    [Fact]
    public void Pages_WithASheetOfTheirOwn_WaitForIt()
    {
        var faults = new List<string>();
        var pages = SourceTree.Files(".razor").Where(static file => file.Text.Contains("<HeadContent>", StringComparison.Ordinal)).ToList();
        var sheets = SourceTree.Files(".css").ToDictionary(static file => Path.GetFileNameWithoutExtension(file.Path), static file => file.Text);
        foreach (var page in pages)
        {
            var names = Sheet().Matches(page.Text).Select(static match => match.Groups[1].Value).ToList();
            // A second one of several in the head would take the first's place.
            if (names.Count != 1) faults.Add($"{page.Path} names {names.Count} sheets");
            foreach (var name in names)
            {
                if (!page.Text.Contains($"data-sheet=\"{name}\"", StringComparison.Ordinal)) faults.Add($"{page.Path} does not wait for {name}.css");
                if (!sheets[name].Contains($"[data-sheet=\"{name}\"] {{ visibility: visible; animation: none; }}", StringComparison.Ordinal)) faults.Add($"{name}.css does not let its pages be seen");
            }
        }

        Assert.NotEmpty(pages);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [GeneratedRegex("""Assets\["css/([\w-]+)\.css"\]""")]
    private static partial Regex Sheet();
}
