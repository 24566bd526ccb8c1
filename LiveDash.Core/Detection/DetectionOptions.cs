using System.Globalization;

namespace LiveDash.Core.Detection;

/// <summary>The clock by which series repeat; the section <c>LiveDash:Detection</c> of the settings.</summary>
public sealed class DetectionOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "LiveDash:Detection";

    /// <summary>The time zone whose hours and weekdays repeat in series, such as <c>Europe/Berlin</c>; empty for the machine's own.</summary>
    public string Zone { get; set; } = "";

    /// <summary>Days that go like a Sunday: <c>2026-04-06</c>, or <c>12-25</c> for each year.</summary>
    public IReadOnlyList<string> Holidays { get; set; } = [];

    /// <summary>Up to so many series the page Anomalies watches all of them by itself; above, somebody must ask for it. Default 20,000.</summary>
    public int WatchSeries { get; set; } = 20_000;

    /// <summary>The clock these settings mean; false where one of them is wrong, which <paramref name="fault"/> tells.</summary>
    public bool TryRead(out LocalClock clock, out string fault)
    {
        clock = LocalClock.Utc;
        fault = "";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone.Length == 0 ? TimeZoneInfo.Local.Id : Zone, out var zone))
        {
            if (Zone.Length > 0) fault = $"{Section}:Zone is '{Zone}', which is not a time zone such as Europe/Berlin or UTC.";
            zone = TimeZoneInfo.Local;
        }

        var days = new HashSet<DateOnly>();
        foreach (var text in Holidays)
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) days.Add(day);
            else if (DateOnly.TryParseExact("0001-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var yearly)) days.Add(yearly);
            else fault = $"{Section}:Holidays holds '{text}', which is not a day such as 2026-04-06, or 12-25 for each year.";
        }

        if (WatchSeries < 0) fault = $"{Section}:WatchSeries is {WatchSeries}; it is 0 or more.";
        clock = new LocalClock(zone, days);
        return fault.Length == 0;
    }
}
