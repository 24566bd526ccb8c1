namespace LiveDash.Core.Accounts.Audit;

/// <summary>Counts what happens within a minute of the clock. Thread-safe; at the turn of a minute one more or less is possible.</summary>
internal sealed class MinuteCount
{
    private long _minute;
    private int _count;

    /// <summary>Counts one more.</summary>
    /// <param name="now">When.</param>
    /// <returns>Which one of its minute it is, 1 and up.</returns>
    public int Next(DateTimeOffset now)
    {
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        if (Interlocked.Exchange(ref _minute, minute) != minute) Interlocked.Exchange(ref _count, 0);
        return Interlocked.Increment(ref _count);
    }
}
