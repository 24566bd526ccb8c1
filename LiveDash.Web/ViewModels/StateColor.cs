using System.Text.RegularExpressions;

namespace LiveDash.Web.ViewModels;

/// <summary>The colour of a state where a page draws without a script: the same as js/states.js gives it, which a test compares. Pure.</summary>
public static partial class StateColor
{
    /// <summary>The token of the colour, such as <c>--ok</c>.</summary>
    public static string Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Good().IsMatch(word)) return "--ok";
        if (Bad().IsMatch(word)) return "--crit";
        if (Between().IsMatch(word)) return "--warn";
        uint hash = 0;
        foreach (var letter in word.EnumerateRunes()) hash = unchecked((hash * 31) + (uint)letter.Value);
        return $"--chart-{(hash % 8) + 1}";
    }

    [GeneratedRegex("^(ok|on|up|running|active|online|open|opened|healthy|ready|connected|normal|green|true|yes|passing|success|succeeded|idle)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Good();

    [GeneratedRegex("^(off|down|stopped|failed|failure|error|fault|offline|critical|crit|dead|unhealthy|disconnected|alarm|red|false|no|failing|tripped|crashed)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Bad();

    [GeneratedRegex("^(warn|warning|degraded|starting|stopping|restarting|pending|paused|waiting|unknown|unavailable|standby|yellow|orange|maintenance)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Between();
}
