using System.Text.RegularExpressions;

namespace LiveDash.Web.ViewModels;

/// <summary>Says which browser a User-Agent header is of, as people call it: <c>Firefox 140 on Windows</c>. Pure.</summary>
public static partial class AgentWords
{
    private const int MostOfOther = 60;

    // Others carry the name of the browser that they descend from, so those stand last.
    private static readonly (string Token, string Name)[] s_browsers =
        [("Edg", "Edge"), ("EdgA", "Edge"), ("EdgiOS", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("HeadlessChrome", "Chrome"), ("Chrome", "Chrome"), ("Version", "Safari")];

    private static readonly (string Token, string Name)[] s_systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <summary>The browser and the system; the beginning of the header where it is of none that is known.</summary>
    public static string Of(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent)) return "unknown";
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Product().Matches(agent)) versions[match.Groups[1].Value] = match.Groups[2].Value;
        var (token, name) = s_browsers.FirstOrDefault(one => versions.ContainsKey(one.Token) && (one.Name != "Safari" || agent.Contains("Safari/", StringComparison.Ordinal)));
        if (name is null) return agent.Length <= MostOfOther ? agent : agent[..MostOfOther] + "…";
        var system = s_systems.FirstOrDefault(one => agent.Contains(one.Token, StringComparison.Ordinal)).Name;
        return system is null ? $"{name} {versions[token]}" : $"{name} {versions[token]} on {system}";
    }

    [GeneratedRegex(@"([A-Za-z]+)/(\d+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Product();
}
