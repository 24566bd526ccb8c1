using System.Globalization;
using System.Text.RegularExpressions;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Influx;

/// <summary>
/// A simple SELECT of InfluxQL: fields, <c>*</c> or one aggregate a column, one measurement, conditions on time and tags joined by AND, ORDER BY time, LIMIT. Immutable.
/// </summary>
internal sealed partial record InfluxSelect
{
    /// <summary>The most rows of an answer.</summary>
    public const int MaxRows = 10_000;

    /// <summary>The columns asked for: a field, or <c>*</c>, with its aggregate or null.</summary>
    public required IReadOnlyList<(string? Aggregate, string Field)> Columns { get; init; }

    /// <summary>The measurement.</summary>
    public required string Measurement { get; init; }

    /// <summary>Which times, half-open.</summary>
    public TimeRange Range { get; init; } = TimeRange.All;

    /// <summary>Tags that must be as said.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>At most so many rows.</summary>
    public int Limit { get; init; } = MaxRows;

    /// <summary>Reads one; the fault in words, or null.</summary>
    public static string? Parse(string text, long nowTicks, out InfluxSelect? select)
    {
        select = null;
        var match = Whole().Match(text);
        if (!match.Success) return "Simple queries are: SELECT field FROM measurement [WHERE time > now() - 1h AND tag = 'text'] [ORDER BY time DESC] [LIMIT n].";
        var columns = new List<(string?, string)>();
        foreach (var part in match.Groups["what"].Value.Split(','))
        {
            var column = Column().Match(part);
            if (!column.Success) return $"'{part.Trim()}' is no field and none of count, mean, sum, min, max, first and last of one.";
            columns.Add((column.Groups["agg"].Success ? column.Groups["agg"].Value.ToLowerInvariant() : null, Unquote(column.Groups["field"].Value)));
        }

        var (from, to) = (TimeRange.All.From, TimeRange.All.To);
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var part in match.Groups["where"].Success ? And().Split(match.Groups["where"].Value) : [])
        {
            if (Condition(part.Trim(), nowTicks, tags, ref from, ref to) is { } fault) return fault;
        }

        select = new InfluxSelect
        {
            Columns = columns,
            Measurement = Unquote(Name().Matches(match.Groups["from"].Value)[^1].Value),
            Range = new TimeRange(from, Math.Max(from, to)),
            Tags = tags,
            Descending = match.Groups["order"].Value.Equals("desc", StringComparison.OrdinalIgnoreCase),
            Limit = match.Groups["limit"].Success ? (int)Math.Min(MaxRows, long.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture)) : MaxRows,
        };
        return columns.Exists(static c => c.Item1 is null) && columns.Exists(static c => c.Item1 is not null) ? "Fields and aggregates cannot stand in one SELECT." : null;
    }

    private static string? Condition(string text, long nowTicks, List<KeyValuePair<string, string>> tags, ref long from, ref long to)
    {
        var match = Comparison().Match(text);
        if (!match.Success) return $"The condition '{text}' is none of: time compared with a time, tag = 'text'.";
        var (name, sign, value) = (Unquote(match.Groups["name"].Value), match.Groups["sign"].Value, match.Groups["value"].Value.Trim());
        if (!name.Equals("time", StringComparison.OrdinalIgnoreCase))
        {
            if (sign != "=" || value is not ['\'', .., '\'']) return $"The tag {name} is compared by = with a text in single quotes.";
            tags.Add(new(name, value[1..^1]));
            return null;
        }

        if (!TryTime(value, nowTicks, out var ticks)) return $"'{value}' is no time.";
        switch (sign)
        {
            case ">": from = Math.Max(from, ticks + 1); break;
            case ">=": from = Math.Max(from, ticks); break;
            case "<": to = Math.Min(to, ticks); break;
            case "<=": to = Math.Min(to, ticks + 1); break;
            default: (from, to) = (Math.Max(from, ticks), Math.Min(to, ticks + 1)); break;
        }

        return null;
    }

    private static bool TryTime(string text, long nowTicks, out long ticks)
    {
        if (text is ['\'', .., '\'']) return TimeText.TryParse(text.AsSpan(1, text.Length - 2), nowTicks, out ticks);
        if (text.StartsWith("now()", StringComparison.OrdinalIgnoreCase)) return TimeText.TryParse("now" + text[5..].Replace(" ", "", StringComparison.Ordinal), nowTicks, out ticks);
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var unit = digits < 0 ? "ns" : text[digits..];
        ticks = 0;
        return long.TryParse(digits < 0 ? text : text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Core.Ingestion.Decoding.InfluxPrecision.Parse(unit) is { } precision && precision.TryToTicks(number, out ticks);
    }

    private static string Unquote(string text) => text is ['"', .., '"'] ? text[1..^1] : text;

    [GeneratedRegex("""^\s*SELECT\s+(?<what>.+?)\s+FROM\s+(?<from>(?:"[^"]*"|[\w.:-]+?)(?:\.{1,2}(?:"[^"]*"|[\w:-]+))*)(?:\s+WHERE\s+(?<where>.+?))?(?:\s+ORDER\s+BY\s+time(?:\s+(?<order>ASC|DESC))?)?(?:\s+LIMIT\s+(?<limit>\d{1,9}))?\s*$""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    [GeneratedRegex("""^\s*(?:(?<agg>count|mean|sum|min|max|first|last)\s*\(\s*(?<field>"[^"]*"|[\w.:-]+|\*)\s*\)|(?<field>"[^"]*"|[\w.:-]+|\*))(?:\s+AS\s+("[^"]*"|\w+))?\s*$""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Column();

    [GeneratedRegex("""^(?<name>"[^"]*"|[\w.:-]+)\s*(?<sign><=|>=|=|<|>)\s*(?<value>.+)$""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\s+AND\s+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex And();

    [GeneratedRegex("""
        "[^"]*"|[^."]+
        """, RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
