using System.Buffers.Text;

namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>Seconds since 1970, as carbon reads them. Stateless.</summary>
internal static class GraphiteTime
{
    /// <summary>Reads the text of a time.</summary>
    public static Fault? Read(ReadOnlySpan<byte> text, long nowTicks, Admission admission, out long ticks)
    {
        ticks = nowTicks;
        if (text is [(byte)'N'] or [(byte)'-', (byte)'1']) return null;
        if (!Utf8Parser.TryParse(text, out double seconds, out var used) || used != text.Length || !double.IsFinite(seconds))
        {
            return new(RejectReason.BadTime, "The time is not a number of seconds since 1970.");
        }

        return Of(seconds, nowTicks, admission, out ticks);
    }

    /// <summary>Turns a number of seconds into ticks; -1 is now.</summary>
    public static Fault? Of(double seconds, long nowTicks, Admission admission, out long ticks)
    {
        ticks = nowTicks;
        if (seconds == -1) return null;
        if (!TimeText.TryFromEpochMs(seconds * 1000, out ticks) || admission.IsFuture(ticks, nowTicks))
        {
            return seconds > 0
                ? new(RejectReason.Future, $"The time {seconds:0.###} is more than {admission.Limits.MaxAhead:c} ahead of the clock (LiveDash:Limits:MaxAhead). Times are in seconds since 1970.")
                : new(RejectReason.BadTime, "The time is before the year 1.");
        }

        return null;
    }
}
