namespace LiveDash.Core.Query.Data;

/// <summary>Between UTC ticks and the seconds since 1970 of expressions. Stateless.</summary>
public static class Epoch
{
    /// <summary>Seconds since 1970. Whole milliseconds become the number nearest to them, as they do in Prometheus.</summary>
    public static double Seconds(long ticks)
    {
        var since = ticks - DateTime.UnixEpoch.Ticks;
        var (milliseconds, rest) = Math.DivRem(since, TimeSpan.TicksPerMillisecond);
        return rest == 0 ? milliseconds / 1000.0 : (double)((decimal)since / TimeSpan.TicksPerSecond);
    }

    /// <summary>UTC ticks, rounded to milliseconds: a number of seconds says no less.</summary>
    public static long Ticks(double seconds) => DateTime.UnixEpoch.Ticks + ((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);
}
