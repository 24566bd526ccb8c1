using System.Text.RegularExpressions;

namespace LiveDash.Tests.Architecture;

/// <summary>What is wrong with a form is said one a line: no page runs several faults into one sentence.</summary>
public sealed partial class FaultLinesTests
{
    [Fact]
    public void Faults_OfPages_AreNotJoinedIntoOneLine()
    {
        var joined = SourceTree.Files(".razor", ".cs")
            .Where(static file => file.Path.StartsWith("LiveDash.Web/Components/", StringComparison.Ordinal) || file.Path.StartsWith("LiveDash.Web/ViewModels/", StringComparison.Ordinal))
            .SelectMany(static file => file.Text.Split('\n').Where(static line => Joined().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}"))
            .ToList();

        Assert.True(joined.Count == 0, string.Join(Environment.NewLine, joined));
    }

    [Theory]
    [InlineData("_error = string.Join(' ', faults.Select(static fault => fault.Detail));", true)]
    [InlineData("_said = string.Join(\"; \", result.Errors);", true)]
    [InlineData("string.Join('\\n', faults)", false)]
    [InlineData("string.Join(\", \", groups)", false)]
    public void Line_ThatJoinsFaults_IsFound(string line, bool isFound) => Assert.Equal(isFound, Joined().IsMatch(line));

    [GeneratedRegex("""string\.Join\((' '|"[^"\\]*"), *[\w.!_]*([Ff]ault|[Ee]rror)s\b""")]
    private static partial Regex Joined();
}
