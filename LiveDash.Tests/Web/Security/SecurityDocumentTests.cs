using System.Globalization;
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

    [Fact]
    public void Document_OfSecurity_NamesTestsThatExist()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md"));
        var types = typeof(SecurityDocumentTests).Assembly.GetTypes().ToLookup(static type => type.Name);
        var missing = Name().Matches(text).Where(match => !types[match.Groups[1].Value].Any(type => match.Groups[2].Value.Length == 0 || type.GetMethod(match.Groups[2].Value) is not null)).Select(static match => match.Value).ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Document_OfSecurity_SpeaksOfEveryItemOfLevelOne()
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in File.ReadAllLines(Path.Combine(SourceTree.Root, "SECURITY.md")).Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Select(static line => line.Split('|')[1]))
        {
            foreach (Match match in Items().Matches(cell))
            {
                var last = match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                for (var i = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture); i <= last; i++) said.Add(match.Groups[1].Value + i.ToString(CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal([], LevelOne.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(item => !said.Contains(item)));
    }

    [GeneratedRegex(@"(\d+\.\d+\.)(\d+)(?: to \d+\.\d+\.(\d+))?")]
    private static partial Regex Items();

    [GeneratedRegex(@"`(\w+Tests|StoreContract)(?:\.(\w+))?`")]
    private static partial Regex Name();
}
