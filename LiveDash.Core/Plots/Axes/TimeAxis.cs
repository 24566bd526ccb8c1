using System.Globalization;
using LiveDash.Core.Model;

namespace LiveDash.Core.Plots.Axes;

/// <summary>
/// Time in a zone. Values are UTC ticks after the range's beginning, which a double holds exactly where the ticks themselves would be rounded.
/// Ticks stand where the zone's clock and calendar are round; a tick that a change to summer time leaves out is left out, and those of the hour that the change back
/// repeats say which of the two they are by the offset from UTC.
/// </summary>
internal sealed class TimeAxis(TimeRange range, TimeZoneInfo zone) : Axis
{
    private readonly double _span = Math.Max(1, range.To - range.From);

    /// <inheritdoc/>
    public override string? Note
    {
        get
        {
            var first = Local(range.From);
            var last = Local(Math.Max(range.From, range.To - 1));
            var days = _span < 4.0 * TimeSpan.TicksPerDay || first.Date == last.Date;
            var text = days
                ? first.Date == last.Date ? Date(first, "d MMM yyyy") : first.Year == last.Year ? Date(first, "d MMM") + " – " + Date(last, "d MMM yyyy") : Date(first, "d MMM yyyy") + " – " + Date(last, "d MMM yyyy")
                : first.Year == last.Year ? Date(first, "yyyy") : Date(first, "yyyy") + " – " + Date(last, "yyyy");
            return text + " · " + (zone.Equals(TimeZoneInfo.Utc) ? "UTC" : zone.Id);
        }
    }

    /// <inheritdoc/>
    public override double Share(double value) => value / _span;

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent)
    {
        var least = _span / Math.Max(1, length / spacing);
        foreach (var step in TimeStep.All)
        {
            if (step.Length < least) continue;
            var ticks = Make(step);
            if (Fits(ticks, length, extent)) return ticks;
        }

        return [];
    }

    private static string Date(DateTime local, string format) => local.ToString(format, CultureInfo.InvariantCulture);

    private static (string Label, bool Strong) Label(DateTime local, TimeStep step)
    {
        if (step.Months >= 12) return (Date(local, "yyyy"), false);
        if (local is { Month: 1, Day: 1 } && local.TimeOfDay == TimeSpan.Zero && step.Length >= TimeSpan.TicksPerDay) return (Date(local, "yyyy"), true);
        if (step.Months > 0) return (Date(local, "MMM"), false);
        if (step.Ticks >= TimeSpan.TicksPerDay) return (Date(local, "d MMM"), false);
        if (local.TimeOfDay == TimeSpan.Zero) return (Date(local, "d MMM"), true);
        return (Date(local, step.Ticks >= TimeSpan.TicksPerMinute ? "HH:mm" : step.Ticks >= TimeSpan.TicksPerSecond ? "HH:mm:ss" : "HH:mm:ss.fff"), false);
    }

    private List<Tick> Make(TimeStep step)
    {
        var ticks = new List<Tick>();
        DateTime? local = step.Floor(First());
        while (local is { } at && ticks.Count < 500)
        {
            local = step.After(at);
            if (zone.IsInvalidTime(at)) continue;
            var (label, strong) = Label(at, step);
            if (zone.IsAmbiguousTime(at) && step.Length < TimeSpan.TicksPerDay)
            {
                foreach (var offset in zone.GetAmbiguousTimeOffsets(at).OrderDescending()) Add(at.Ticks - offset.Ticks, label + FromUtc(offset), strong);
                continue;
            }

            var utc = TimeZoneInfo.ConvertTimeToUtc(at, zone).Ticks;
            if (utc > range.To) break;
            Add(utc, label, strong);
        }

        // Both passes through a repeated hour are met together.
        return [.. ticks.OrderBy(static tick => tick.Share)];

        void Add(long utc, string label, bool strong)
        {
            if (utc >= range.From && utc <= range.To) ticks.Add(new(Share(utc - range.From), label, strong));
        }
    }

    // Where the clock is set back on the way, times come once more that were over already where the range begins.
    private DateTime First()
    {
        var first = Local(range.From);
        var back = zone.GetUtcOffset(Utc(range.From)) - zone.GetUtcOffset(Utc(Math.Max(range.From, range.To - 1)));
        return zone.IsAmbiguousTime(first) && back > TimeSpan.Zero ? first - back : first;
    }

    private static string FromUtc(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? " \u2212" : " +") + (offset.Minutes == 0 ? offset.ToString("%h", CultureInfo.InvariantCulture) : offset.ToString(@"h\:mm", CultureInfo.InvariantCulture));

    private DateTime Local(long utc) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(Utc(utc), zone), DateTimeKind.Unspecified);

    private static DateTime Utc(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
