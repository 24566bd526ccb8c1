namespace LiveDash.Core.Ingestion;

/// <summary>
/// ISO 8601 calendar times in ASCII: <c>yyyy-MM</c>, <c>yyyy-MM-dd</c>, and with <c>T</c> or a space <c>HH:mm</c>, <c>HH:mm:ss</c> and a fraction of any
/// length (beyond 100 ns cut off), then <c>Z</c>, an offset <c>+hh:mm</c>, <c>+hhmm</c>, <c>+hh</c>, or nothing for UTC. By hand, because
/// DateTime.Parse also takes "12/24/2026" and "Saturday" and costs ten times as much.
/// </summary>
internal static class IsoTime
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!Digits(text, 0, 4, out var year) || !At(text, 4, '-') || !Digits(text, 5, 2, out var month)) return false;
        if (year < 1 || month is < 1 or > 12) return false;
        if (text.Length == 7) return From(year, month, 1, 0, 0, out ticks);
        if (!At(text, 7, '-') || !Digits(text, 8, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (text.Length == 10) return From(year, month, day, 0, 0, out ticks);
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        if (!TryParseClock(text[11..], out var clock, out var offset, out var isLeap) || !From(year, month, day, clock, offset, out ticks)) return false;
        // 23:59:60 UTC, as RFC 3339 spells a leap second, is the first second of the next day here: there is no place between the two.
        return !isLeap || ticks % TimeSpan.TicksPerDay < TimeSpan.TicksPerSecond;
    }

    private static bool TryParseClock(ReadOnlySpan<byte> text, out long clock, out long offset, out bool isLeap)
    {
        clock = offset = 0;
        isLeap = false;
        if (!Digits(text, 0, 2, out var hour) || !At(text, 2, ':') || !Digits(text, 3, 2, out var minute) || hour > 23 || minute > 59) return false;
        clock = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute;
        text = text[5..];
        if (At(text, 0, ':'))
        {
            if (!Digits(text, 1, 2, out var second) || second > 60) return false;
            isLeap = second == 60;
            clock += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if ((At(text, 0, '.') || At(text, 0, ',')) && !TryParseFraction(ref text, ref clock)) return false;
        }

        return TryParseOffset(text, out offset);
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> text, ref long clock)
    {
        var i = 1;
        var unit = TimeSpan.TicksPerSecond;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            unit /= 10;
            clock += (text[i] - '0') * unit;
        }

        text = text[i..];
        return i > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        if (text.IsEmpty) return true;
        if (text[0] is (byte)'Z' or (byte)'z') return text.Length == 1;
        if (text[0] is not ((byte)'+' or (byte)'-') || !Digits(text, 1, 2, out var hours)) return false;
        var minutes = 0;
        var good = text.Length switch
        {
            3 => true,
            5 => Digits(text, 3, 2, out minutes),
            6 => At(text, 3, ':') && Digits(text, 4, 2, out minutes),
            _ => false,
        };
        if (!good || hours > 18 || minutes > 59) return false;
        offset = (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool From(int year, int month, int day, long clock, long offset, out long ticks)
    {
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + clock - offset;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool At(ReadOnlySpan<byte> text, int index, char wanted) => index < text.Length && text[index] == wanted;

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        if (start + count > text.Length) return false;
        for (var i = start; i < start + count; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit > 9) return false;
            value = value * 10 + digit;
        }

        return true;
    }
}
