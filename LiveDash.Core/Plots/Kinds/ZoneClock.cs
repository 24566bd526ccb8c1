namespace LiveDash.Core.Plots.Kinds;

/// <summary>Hour of day and day of week in a zone. Offsets change at quarters of an hour at most, so one look-up serves all points of a quarter. Not thread-safe.</summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;
    private long _quarter = -1;
    private int _hour;
    private int _day;

    /// <summary>The hour, 0 to 23, and the day, 0 for Monday to 6 for Sunday.</summary>
    internal (int Hour, int Day) At(long utcTicks)
    {
        var quarter = utcTicks / Quarter;
        if (quarter != _quarter)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(utcTicks, DateTimeKind.Utc), zone);
            (_quarter, _hour, _day) = (quarter, local.Hour, ((int)local.DayOfWeek + 6) % 7);
        }

        return (_hour, _day);
    }
}
