using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Tests.Architecture;

namespace LiveDash.Tests.Web.Security;

public sealed partial class SecurityDocumentTests
{
    /// <summary>The items of level 1 of ASVS 5.0.0, by their numbers.</summary>
    private const string LevelOne = """
        1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1
        3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2
        5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1
        6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2
        8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2
        11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
        """;

    /// <summary>The items of level 2, which come to those of level 1.</summary>
    private const string LevelTwo = """
        1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3 1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3
        2.3.4 2.4.1 3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4 5.1.1 5.2.3 5.4.1 5.4.2
        5.4.3 6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4 7.1.1
        7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2 8.2.3 8.4.1 9.2.2 9.2.3 9.2.4 10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3
        10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3 11.1.1 11.1.2 11.2.1 11.2.2
        11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1 12.1.2 12.1.3 12.3.1 12.3.2 12.3.3 12.3.4 13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2
        13.4.2 13.4.3 13.4.4 13.4.5 14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3 15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
        16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3 17.1.1 17.2.1 17.2.2 17.2.3 17.2.4
        17.3.1 17.3.2
        """;

    [Fact]
    public void Document_OfSecurity_NamesTestsThatExist()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md"));
        var types = typeof(SecurityDocumentTests).Assembly.GetTypes().ToLookup(static type => type.Name);
        // A method that the runner runs: a helper of the name would prove nothing.
        static bool IsTest(MethodInfo? method) => method?.GetCustomAttributes().OfType<FactAttribute>().Any() == true;
        var missing = Name().Matches(text).Where(match => !types[match.Groups[1].Value].Any(type => match.Groups[2].Value.Length == 0 || IsTest(type.GetMethod(match.Groups[2].Value)))).Select(static match => match.Value).ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Document_OfSecurity_NamesATestOfEachItemOrSaysThatThereIsNone()
    {
        var rows = Rows().Select(static row => row.Split('|')).ToList();
        Assert.True(rows.Count > 100, $"{rows.Count} rows were found");
        var without = rows.Where(static cells => cells.Length != 6 || !(Name().Matches(cells[4]).Any(static match => match.Groups[2].Success) || cells[4].Trim() == "none needed" || (cells[4].Trim() == "none" && cells[3].Contains("not met", StringComparison.Ordinal))))
            .Select(static cells => string.Join('|', cells)).ToList();

        Assert.True(without.Count == 0, string.Join('\n', without));
    }

    [Theory]
    [InlineData(LevelOne)]
    [InlineData(LevelTwo)]
    public void Document_OfSecurity_SpeaksOfEveryItemOfTheLevel(string level)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in Rows().Select(static line => line.Split('|')[1]))
        {
            foreach (Match match in Items().Matches(cell))
            {
                var last = match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                for (var i = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture); i <= last; i++) said.Add(match.Groups[1].Value + i.ToString(CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal([], level.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(item => !said.Contains(item)));
    }

    [Fact]
    public void Components_All_AreInventoriedAuditedAndPromisedToBeReplaced()
    {
        using var deps = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(typeof(LiveDash.Web.LiveDashApp).Assembly.Location, ".deps.json")));
        var libraries = deps.RootElement.GetProperty("libraries").EnumerateObject().Where(static one => one.Value.GetProperty("type").GetString() == "package").ToList();
        Assert.All(libraries, static one => Assert.StartsWith("sha512-", one.Value.GetProperty("sha512").GetString(), StringComparison.Ordinal));
        var names = libraries.Select(static one => one.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var versions = PackageVersion().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Packages.props"))).ToDictionary(static match => match.Groups[1].Value, static match => match.Groups[2].Value);
        var used = new[] { "LiveDash.Core", "LiveDash.Web" }.SelectMany(static project => PackageReference().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, project, project + ".csproj")))).Select(static match => match.Groups[1].Value).ToList();
        Assert.True(used.Count > 10, $"{used.Count} packages are used.");
        // What only builds, and what .NET's own shared framework brings, which is replaced with it.
        Assert.Equal([], used.Where(one => one != "Grpc.Tools" && !one.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && !names.Contains($"{one}/{versions[one]}")));

        using var pages = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "LiveDash.Web", "package-lock.json")));
        Assert.Equal([], pages.RootElement.GetProperty("packages").EnumerateObject().Where(static one => one.Name.Length > 0 && !one.Value.TryGetProperty("integrity", out _)).Select(static one => one.Name));

        // The audit is on unless somebody switches it off.
        Assert.DoesNotContain("NuGetAudit>", File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Build.props")), StringComparison.Ordinal);
        Assert.Contains("is replaced with the next version of LiveDash", File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Rows() => File.ReadAllLines(Path.Combine(SourceTree.Root, "SECURITY.md")).Where(static line => ItemRow().IsMatch(line));

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\" Version=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();

    [GeneratedRegex(@"^\| \d")]
    private static partial Regex ItemRow();

    [GeneratedRegex(@"(\d+\.\d+\.)(\d+)(?: to \d+\.\d+\.(\d+))?")]
    private static partial Regex Items();

    [GeneratedRegex(@"`(\w+Tests|StoreContract)(?:\.(\w+))?`")]
    private static partial Regex Name();
}
