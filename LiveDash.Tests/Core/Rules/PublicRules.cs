using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Tests.Core.Rules;

/// <summary>Public collections of Prometheus rules beside the repository; not part of it. Where they are absent, tests of them are skipped and say so.</summary>
internal static class PublicRules
{
    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>How many alerts a collection has, by what its files say.</summary>
    public static int Alerts(string collection) => Texts(collection).Sum(static file => file.Text.Split('\n').Count(static line => line.TrimStart().TrimStart('-').TrimStart().StartsWith("alert:", StringComparison.Ordinal)));

    /// <summary>A collection, read.</summary>
    public static (List<RuleModel> Rules, List<string> Refused) Read(string collection)
    {
        var (rules, refused) = (new List<RuleModel>(), new List<string>());
        foreach (var (name, text) in Texts(collection))
        {
            var content = RuleFileReader.Read(text, default, name);
            refused.AddRange(content.Faults.Where(static fault => !fault.IsNote).Select(fault => $"{name}:{fault.Line}: {fault.Rule}: {fault.Detail}"));
            foreach (var config in content.Rules) rules.Add(RuleReader.TryRead(config, out var rule, out _) ? rule : throw new InvalidOperationException(config.Name));
        }

        return (rules, refused);
    }

    private static IEnumerable<(string Name, string Text)> Texts(string collection) =>
        Directory.EnumerateFiles(Path.Combine(Folder!, collection), "*.y*ml").Order(StringComparer.Ordinal).Select(static path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "rules-public");
            if (Directory.Exists(folder)) return folder;
        }

        return null;
    }
}
