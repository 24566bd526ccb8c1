using System.Globalization;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// Writes times as ISO 8601 UTC with three decimals, or seven where the time is finer than a millisecond:
/// <c>2026-11-21T09:30:00.500Z</c>. Remembers the text of the last minute, because neighbours in a stream share it. Not thread-safe.
/// </summary>
internal sealed class Utf8Clock
{
    /// <summary>The most bytes a time takes.</summary>
    public const int MaxLength = 28;

    private const int MinuteLength = 17;
    private readonly byte[] _minuteText = new byte[MinuteLength];
    private long _minute = -1;

    /// <summary>Writes a time in UTC ticks and returns the length.</summary>
    public int Write(long ticks, Span<byte> destination)
    {
        var minute = Math.DivRem(ticks, TimeSpan.TicksPerMinute, out var rest);
        if (minute != _minute) Remember(minute);
        _minuteText.CopyTo(destination);
        var seconds = (uint)Math.DivRem((uint)rest, (uint)TimeSpan.TicksPerSecond, out var fraction);
        destination[17] = (byte)('0' + (seconds / 10));
        destination[18] = (byte)('0' + (seconds % 10));
        destination[19] = (byte)'.';
        var digits = 7;
        if (fraction % TimeSpan.TicksPerMillisecond == 0)
        {
            fraction /= (uint)TimeSpan.TicksPerMillisecond;
            digits = 3;
        }

        for (var i = 19 + digits; i > 19; i--)
        {
            destination[i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        destination[20 + digits] = (byte)'Z';
        return 21 + digits;
    }

    private void Remember(long minute)
    {
        new DateTime(minute * TimeSpan.TicksPerMinute, DateTimeKind.Utc)
            .TryFormat(_minuteText, out _, "yyyy-MM-ddTHH:mm:", CultureInfo.InvariantCulture);
        _minute = minute;
    }
}
