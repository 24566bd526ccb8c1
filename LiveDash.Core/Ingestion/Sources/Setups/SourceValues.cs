using System.Globalization;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>A setup's settings, checked and with their defaults, by type. Immutable.</summary>
public sealed class SourceValues(SourceKind kind, IReadOnlyDictionary<string, string> values)
{
    /// <summary>A text.</summary>
    public string Text(string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : kind.Field(key).Default;

    /// <summary>Entries of lines, without empty ones.</summary>
    public IReadOnlyList<string> Lines(string key) => Text(key).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Entries <c>name=text</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string key) =>
        [.. Lines(key).Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2).Select(static pair => KeyValuePair.Create(pair[0].Trim(), pair[1].Trim()))];

    /// <summary>A number.</summary>
    public double Number(string key) => double.Parse(Text(key), CultureInfo.InvariantCulture);

    /// <summary>A length of time.</summary>
    public TimeSpan Duration(string key) => TryDuration(Text(key), out var value) ? value : throw new FormatException($"{key} is no length of time.");

    /// <summary>Yes or no.</summary>
    public bool Flag(string key) => Text(key) == "true";

    /// <summary>Reads <c>500ms</c>, <c>15s</c>, <c>5m</c>, <c>1h</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        if (!TimeText.TryParse("now+" + text, 0, out var ticks) || ticks <= 0) return false;
        value = TimeSpan.FromTicks(ticks);
        return true;
    }
}
