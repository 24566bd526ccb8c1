using System.Globalization;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// Times as people and programs write them, to UTC ticks and back. Read are ISO 8601 (<c>2026-11-21T10:00:00.123Z</c>, any offset or none, which means
/// UTC; <c>2026-11-21 10:00</c>; <c>2026-11-21</c>; <c>2026-11</c>; a year of four digits <c>2026</c>), epoch milliseconds (any other whole number, and
/// numbers with a fraction), <c>now</c>, and <c>now-1h30m</c> or <c>now+30s</c> with the units ms, s, m, h, d, w and y (365 days). Culture-free, allocation-free, thread-safe.
/// </summary>
public static class TimeText
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 64;

    private const long MinEpochMs = -62_135_596_800_000;
    private const long MaxEpochMs = 253_402_300_799_999;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text; spaces around it do not matter.</param>
    /// <param name="nowTicks">What <c>now</c> is, in UTC ticks.</param>
    /// <param name="ticks">UTC ticks, within what <see cref="DateTime"/> can say.</param>
    public static bool TryParse(ReadOnlySpan<char> text, long nowTicks, out long ticks)
    {
        ticks = 0;
        text = text.Trim();
        if (text.IsEmpty || text.Length > MaxLength) return false;
        if (text.StartsWith("now", StringComparison.Ordinal)) return TryParseRelative(text[3..], nowTicks, out ticks);
        if (text.Length == 4 && !text.ContainsAnyExceptInRange('0', '9')) return TryParseYear(text, out ticks);
        if (!text[1..].ContainsAny('-', ':', 'T')) return TryParseEpoch(text, out ticks);
        Span<byte> ascii = stackalloc byte[MaxLength];
        for (var i = 0; i < text.Length; i++) ascii[i] = text[i] <= '~' ? (byte)text[i] : (byte)0;
        return IsoTime.TryParse(ascii[..text.Length], out ticks);
    }

    /// <summary>Reads a time from UTF-8 text; see <see cref="TryParse(ReadOnlySpan{char}, long, out long)"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, long nowTicks, out long ticks)
    {
        ticks = 0;
        if (utf8.Length >= 19 && IsoTime.TryParse(utf8, out ticks)) return true;
        if (utf8.Length > MaxLength || utf8.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)) return false;
        Span<char> text = stackalloc char[MaxLength];
        for (var i = 0; i < utf8.Length; i++) text[i] = (char)utf8[i];
        return TryParse(text[..utf8.Length], nowTicks, out ticks);
    }

    /// <summary>Turns epoch milliseconds into ticks; false outside the years 1 to 9999.</summary>
    public static bool TryFromEpochMs(long milliseconds, out long ticks)
    {
        // Checked before converting: DateTimeOffset.FromUnixTimeMilliseconds throws on anything outside.
        var inside = milliseconds is >= MinEpochMs and <= MaxEpochMs;
        ticks = inside ? DateTime.UnixEpoch.Ticks + milliseconds * TimeSpan.TicksPerMillisecond : 0;
        return inside;
    }

    /// <summary>Turns epoch milliseconds with a fraction into ticks; false outside the years 1 to 9999 and for NaN.</summary>
    public static bool TryFromEpochMs(double milliseconds, out long ticks)
    {
        var inside = milliseconds is >= MinEpochMs and <= MaxEpochMs;
        // Whole and fraction apart: their product with 10^4 would lose ticks.
        var whole = Math.Floor(milliseconds);
        ticks = inside
            ? DateTime.UnixEpoch.Ticks + (long)whole * TimeSpan.TicksPerMillisecond + (long)Math.Round((milliseconds - whole) * TimeSpan.TicksPerMillisecond)
            : 0;
        return inside;
    }

    /// <summary>Milliseconds since 1970, rounded down.</summary>
    public static long ToEpochMs(long ticks) => (long)Math.Floor((ticks - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerMillisecond);

    /// <summary>ISO 8601 in UTC, with the fewest fraction digits of 0, 3, 6 or 7 that lose nothing: <c>2026-11-21T10:00:00.123Z</c>.</summary>
    public static string Format(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString(Pattern(ticks), CultureInfo.InvariantCulture);

    /// <summary>Writes the same as <see cref="Format"/> into a buffer; 28 bytes are always enough.</summary>
    public static bool TryFormat(long ticks, Span<byte> utf8, out int written) =>
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(utf8, out written, Pattern(ticks), CultureInfo.InvariantCulture);

    private static string Pattern(long ticks) => (ticks % TimeSpan.TicksPerSecond) switch
    {
        0 => "yyyy-MM-dd'T'HH:mm:ss'Z'",
        var fraction when fraction % TimeSpan.TicksPerMillisecond == 0 => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        var fraction when fraction % TimeSpan.TicksPerMicrosecond == 0 => "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
        _ => "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
    };

    private static bool TryParseRelative(ReadOnlySpan<char> text, long nowTicks, out long ticks)
    {
        ticks = nowTicks;
        text = text.Trim();
        if (text.IsEmpty) return true;
        var sign = text[0];
        if (sign is not ('+' or '-')) return false;
        text = text[1..].TrimStart();
        if (text.IsEmpty) return false;
        Int128 apart = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 12) return false;
            var number = long.Parse(text[..digits], CultureInfo.InvariantCulture);
            text = text[digits..];
            var letters = text.IndexOfAnyInRange('0', '9');
            if (UnitOf(letters < 0 ? text : text[..letters]) is not (> 0 and var unit)) return false;
            apart += (Int128)number * unit;
            text = letters < 0 ? default : text[letters..];
        }

        var result = nowTicks + (sign == '-' ? -apart : apart);
        if (result < DateTime.MinValue.Ticks || result > DateTime.MaxValue.Ticks) return false;
        ticks = (long)result;
        return true;
    }

    private static long UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        "w" => 7 * TimeSpan.TicksPerDay,
        "y" => 365 * TimeSpan.TicksPerDay,
        _ => 0,
    };

    private static bool TryParseYear(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var year = int.Parse(text, CultureInfo.InvariantCulture);
        if (year < 1) return false;
        ticks = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return true;
    }

    private static bool TryParseEpoch(ReadOnlySpan<char> text, out long ticks)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return TryFromEpochMs(whole, out ticks);
        ticks = 0;
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var fraction) && TryFromEpochMs(fraction, out ticks);
    }
}
