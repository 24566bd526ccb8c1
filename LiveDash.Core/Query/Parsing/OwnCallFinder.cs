using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Query.Parsing;

/// <summary>
/// Tells what LiveDash's own text asks of series, <c>max(cpu.load, 30s)</c>, from PromQL, <c>max(cpu_load)</c>: by its name, and where PromQL has that name too by the window behind the series. Stateless; each
/// character is looked at a few times at most, since a look ends at the next parenthesis.
/// </summary>
internal static class OwnCallFinder
{
    private static readonly HashSet<string> s_own = new(["anomaly", "forecast", "forecast_high", "forecast_low", "outlier", "outside", "state", "time_to"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_withParameter = new(["above", "below", "ewma", "forecast", "forecast_high", "forecast_low"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a call of the own text begins with a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins.</param>
    /// <param name="end">Where it ends.</param>
    public static bool Stands(string text, int start, int end)
    {
        var open = Skip(text, end);
        if (open == text.Length) return false;
        var name = text[start..end];
        if (text[open] != '(') return s_withParameter.Contains(name) && HasParameter(text, name, open);
        if (s_own.Contains(name)) return true;
        var isAbsent = name.Equals("absent", StringComparison.OrdinalIgnoreCase);
        if (!isAbsent && !AggregateSpec.TryParse(name, out _, out _)) return false;
        var isBoth = FunctionSignatures.TryFind(name, out _) || AggregateOperators.TryFind(name, out _);
        return !isBoth || HasWindow(text, open + 1);
    }

    private static bool HasParameter(string text, string name, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or '+')) end++;
        return end > at && Skip(text, end) is var open && open < text.Length && text[open] == '(' && AggregateSpec.TryParse(name + " " + text[at..end], out _, out _);
    }

    // A comma behind the first argument; PromQL's functions of these names have one alone.
    private static bool HasWindow(string text, int at)
    {
        var isInTags = false;
        var isQuoted = false;
        var hasLines = true;
        var before = ' ';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (isQuoted && c == '\\') at++;
            else if (isInTags && c == '"') isQuoted = !isQuoted;
            else if (isQuoted) continue;
            else if (isInTags && c is '\'' or '`' && before is '=' or '~' && EndOfText(text, at) is > 0 and var end) at = end;
            else if (!isInTags && c == '#' && hasLines)
            {
                // Without a line behind it a comment would swallow the call's end: there it is a letter of a series' name.
                var line = text.IndexOf('\n', at);
                hasLines = line >= 0;
                if (hasLines) at = line;
            }
            else if (isInTags && c == '{') return false;
            else if (c is '{' or '}') isInTags = c == '{';
            else if (!isInTags && c is ',' or '(' or ')' or '[') return c == ',';
            if (!IsBlank(c)) before = c;
        }

        return false;
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && IsBlank(text[at])) at++;
        return at;
    }

    // PromQL's other quotes are letters in the own text: one that nothing closes is no quote.
    private static int EndOfText(string text, int open)
    {
        var quote = text[open];
        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] == quote) return at;
            if (quote == '`') continue;
            if (text[at] == '\n') return 0;
            if (text[at] == '\\') at++;
        }

        return 0;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r';
}
