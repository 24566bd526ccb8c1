namespace LiveDash.Core.Detection;

/// <summary>The clock whose hours and weekdays repeat in series; on a holiday it is Sunday. Immutable, so safe on any thread.</summary>
/// <param name="zone">The time zone.</param>
/// <param name="holidays">Days that go like a Sunday; with the year 1 those of every year.</param>
public sealed class LocalClock(TimeZoneInfo zone, IReadOnlySet<DateOnly>? holidays = null)
{
    /// <summary>How many hours a week has.</summary>
    public const int HoursOfWeek = 7 * 24;

    /// <summary>UTC without holidays.</summary>
    public static LocalClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The hour of the week, from Sunday midnight, 0 to 167; its remainder by 24 is the hour of the day.</summary>
    /// <param name="ticks">A time in UTC ticks.</param>
    public int HourOfWeek(long ticks)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), zone);
        return (IsHoliday(local) ? 0 : (int)local.DayOfWeek * 24) + local.Hour;
    }

    private bool IsHoliday(DateTime local)
    {
        if (holidays is not { Count: > 0 }) return false;
        var day = DateOnly.FromDateTime(local);
        return holidays.Contains(day) || IsYearly(day);
    }

    // The year 1 has no 29 February, so that day is a holiday only where its year is said.
    private bool IsYearly(DateOnly day) => day is not { Month: 2, Day: 29 } && holidays!.Contains(new DateOnly(1, day.Month, day.Day));
}
