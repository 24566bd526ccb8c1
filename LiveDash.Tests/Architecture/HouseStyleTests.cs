using System.Text.RegularExpressions;

namespace LiveDash.Tests.Architecture;

/// <summary>The rules of the house that a machine can check.</summary>
public sealed partial class HouseStyleTests
{
    private const int MaxLines = 400;

    [Fact]
    public void Files_All_AreShort() =>
        AssertNone(SourceTree.Files(".cs", ".razor", ".css", ".js")
            .Where(static file => file.Lines > MaxLines)
            .Select(static file => $"{file.Path} has {file.Lines} lines; {MaxLines} are the most."));

    [Fact]
    public void Files_Csharp_HoldOneTypeNamedLikeTheFile() =>
        AssertNone(SourceTree.Files(".cs").SelectMany(static file =>
        {
            var types = TypeDeclaration().Matches(file.Text).Select(static match => match.Groups[1].Value).Distinct().ToList();
            var name = Path.GetFileName(file.Path).Split('.')[0];
            return types.Count > 1 ? [$"{file.Path} declares {string.Join(", ", types)}."]
                : types.Count == 1 && types[0] != name ? [$"{file.Path} declares {types[0]}."]
                : Array.Empty<string>();
        }));

    [Fact]
    public void Namespaces_All_FollowTheFolders() =>
        AssertNone(SourceTree.Files(".cs").SelectMany(static file =>
        {
            var expected = Path.GetDirectoryName(file.Path)!.Replace('\\', '/').Replace('/', '.').Replace("samples.", "", StringComparison.Ordinal);
            var declared = NamespaceDeclaration().Match(file.Text);
            return declared.Success && declared.Groups[1].Value != expected ? [$"{file.Path} declares {declared.Groups[1].Value}."] : Array.Empty<string>();
        }));

    [Fact]
    public void Server_AsBuilt_HasOneHeap()
    {
        // The web SDK's default is a heap a core; a property with a wrong name changes nothing and nobody notices.
        var built = File.ReadAllText(Path.ChangeExtension(typeof(LiveDash.Web.LiveDashApp).Assembly.Location, ".runtimeconfig.json"));
        Assert.Contains("\"System.GC.Server\": false", built, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_All_HoldNoUnfinishedWork() =>
        AssertNone(SourceTree.Files(".cs", ".razor", ".js", ".css")
            .Where(static file => Unfinished().IsMatch(file.Text))
            .Select(static file => $"{file.Path} holds '{Unfinished().Match(file.Text).Value}'."));

    [Fact]
    public void Sources_Product_WaitForSignalsAndReadNoWallClock() =>
        AssertNone(SourceTree.Files(".cs", ".razor")
            .Where(static file => Banned().IsMatch(file.Text))
            .Select(static file => $"{file.Path} holds '{Banned().Match(file.Text).Value}'."));

    // What is read was written by others. The exceptions are anchored and have one way only to be read; one of them needs what it has matched before.
    [Fact]
    public void Regexes_Product_DoNotBacktrack() =>
        AssertNone(SourceTree.Files(".cs", ".razor")
            .Where(static file => file.Folder.StartsWith("Core", StringComparison.Ordinal) || file.Folder.StartsWith("Web", StringComparison.Ordinal))
            .Where(static file => !file.Path.EndsWith("/TimeColumn.cs", StringComparison.Ordinal) && !file.Path.EndsWith("/NumberColumn.cs", StringComparison.Ordinal))
            .SelectMany(static file => RegexMade().Matches(file.Text)
                .Where(match => !file.Text[match.Index..file.Text.IndexOf('\n', file.Text.IndexOf(')', match.Index))].Contains("NonBacktracking", StringComparison.Ordinal))
                .Select(match => $"{file.Path} makes a regular expression that may go back over its text again and again: {file.Text[match.Index..file.Text.IndexOf('\n', match.Index)]}")));

    [Fact]
    public void Markup_Components_HoldNoInlineScriptOrRawNames() =>
        AssertNone(SourceTree.Files(".razor")
            .Where(static file => InlineScript().IsMatch(file.Text))
            .Select(static file => $"{file.Path} holds '{InlineScript().Match(file.Text).Value}'."));

    [Fact]
    public void LogEvents_All_HaveNumbersOfTheirOwn()
    {
        var all = SourceTree.Files(".cs")
            .SelectMany(static file => EventNumber().Matches(file.Text).Select(match => (Number: match.Groups[1].Value, file.Path)))
            .ToList();
        AssertNone(all.GroupBy(static one => one.Number)
            .Where(static group => group.Count() > 1)
            .Select(static group => $"The event {group.Key} stands in {string.Join(", ", group.Select(static one => one.Path))}."));
    }

    [Fact]
    public void Readme_Pictures_AreThereAndSmall()
    {
        var pictures = Picture().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"))).Select(static match => match.Groups[1].Value).ToList();
        Assert.Equal(2, pictures.Count);
        Assert.All(pictures, static path => Assert.InRange(new FileInfo(Path.Combine(SourceTree.Root, path)).Length, 1, 150 * 1024));
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }

    [GeneratedRegex(@"!\[[^\]]+\]\(([^)]+\.png)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"\[GeneratedRegex\(|new Regex\(|Regex\.(?:IsMatch|Match|Matches|Count|Replace|Split)\(")]
    private static partial Regex RegexMade();

    // Declarations at the left margin: nested types are part of their owner.
    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|record struct|record class|record|interface|enum|delegate \w+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    // Split, so that this file does not hold what it looks for.
    [GeneratedRegex("\\b(TO" + "DO|FIX" + "ME|NotImplemented" + "Exception)\\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex("\\b(Thread\\.Sl" + "eep|Date" + "Time(Offset)?\\.(Utc)?Now|Task\\.Wait" + "All|async vo" + "id|WaitForURLA" + "sync)\\b")]
    private static partial Regex Banned();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|\(MarkupString\)|\son[a-z]+=""")]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex EventNumber();
}
