namespace LiveDash.Web.ViewModels;

/// <summary>The colour of a state where a page draws without a script: the same as js/states.js gives it, which a test compares. Pure.</summary>
public static class StateColor
{
    /// <summary>States that are well, as the script lists them.</summary>
    internal const string Good = "ok|on|up|running|active|online|open|opened|healthy|ready|connected|normal|green|true|yes|passing|success|succeeded|idle";

    /// <summary>States that are not.</summary>
    internal const string Bad = "off|down|stopped|failed|failure|error|fault|offline|critical|crit|dead|unhealthy|disconnected|alarm|red|false|no|failing|tripped|crashed";

    /// <summary>States between them.</summary>
    internal const string Between = "warn|warning|degraded|starting|stopping|restarting|pending|paused|waiting|unknown|unavailable|standby|yellow|orange|maintenance";

    private static readonly Dictionary<string, string> s_tokens = new[] { (Good, "--ok"), (Bad, "--crit"), (Between, "--warn") }
        .SelectMany(static one => one.Item1.Split('|').Select(word => KeyValuePair.Create(word, one.Item2))).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The token of the colour, such as <c>--ok</c>.</summary>
    public static string Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (s_tokens.TryGetValue(word, out var token)) return token;
        uint hash = 0;
        foreach (var letter in word.EnumerateRunes()) hash = unchecked((hash * 31) + (uint)letter.Value);
        return $"--chart-{(hash % 8) + 1}";
    }
}
