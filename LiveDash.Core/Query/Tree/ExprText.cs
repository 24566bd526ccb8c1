using System.Globalization;
using System.Text;

namespace LiveDash.Core.Query.Tree;

/// <summary>Names, texts, numbers and durations as PromQL spells them. Stateless, so safe on any thread.</summary>
public static class ExprText
{
    /// <summary>Ticks a millisecond.</summary>
    public const long Millisecond = TimeSpan.TicksPerMillisecond;

    private static readonly (string Unit, long Ticks, bool OnlyWhole)[] s_units =
    [
        ("y", 365 * TimeSpan.TicksPerDay, true), ("w", 7 * TimeSpan.TicksPerDay, true), ("d", TimeSpan.TicksPerDay, false), ("h", TimeSpan.TicksPerHour, false),
        ("m", TimeSpan.TicksPerMinute, false), ("s", TimeSpan.TicksPerSecond, false), ("ms", Millisecond, false),
    ];

    /// <summary>True where a label's name needs no quotes.</summary>
    public static bool IsPlainLabel(string name) => name.Length > 0 && IsStart(name[0]) && name.AsSpan(1).IndexOfAnyExcept(s_label) < 0;

    /// <summary>True where a series' name needs no quotes.</summary>
    public static bool IsPlainName(string name) =>
        name.Length > 0 && (IsStart(name[0]) || name[0] == ':') && name.AsSpan(1).IndexOfAnyExcept(s_name) < 0;

    /// <summary>A label's name, in quotes where it needs them.</summary>
    public static string LabelName(string name) => IsPlainLabel(name) ? name : Quote(name);

    /// <summary>A text in double quotes.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>True for a character that could make a text look like another: control, bidirectional, zero-width, and the separators of lines.</summary>
    public static bool IsInvisible(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A number, with as many digits as say it exactly.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A length of time in ticks, such as <c>1h30m</c>; in seconds where it is not whole milliseconds.</summary>
    public static string Duration(long ticks)
    {
        if (ticks == 0) return "0s";
        if (ticks < 0) return "-" + Duration(-ticks);
        if (ticks % Millisecond != 0) return ((decimal)ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var (unit, length, onlyWhole) in s_units)
        {
            if (ticks < length || (onlyWhole && ticks % length != 0)) continue;
            text.Append(CultureInfo.InvariantCulture, $"{ticks / length}{unit}");
            ticks %= length;
        }

        return text.ToString();
    }

    /// <summary>Reads a length of time such as <c>1h30m</c>, with units from great to small, each at most once.</summary>
    public static bool TryDuration(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var unit = 0;
        if (text.IsEmpty) return false;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 15) return false;
            var number = long.Parse(text[..digits], CultureInfo.InvariantCulture);
            text = text[digits..];
            var letters = text.IndexOfAnyInRange('0', '9');
            var name = letters < 0 ? text : text[..letters];
            while (unit < s_units.Length && !name.SequenceEqual(s_units[unit].Unit)) unit++;
            if (unit == s_units.Length || number > (long.MaxValue - ticks) / s_units[unit].Ticks) return false;
            ticks += number * s_units[unit++].Ticks;
            text = text[name.Length..];
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> s_label =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly System.Buffers.SearchValues<char> s_name =
        System.Buffers.SearchValues.Create("0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
