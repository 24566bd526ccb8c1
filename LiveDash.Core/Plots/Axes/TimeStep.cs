namespace LiveDash.Core.Plots.Axes;

/// <summary>A step between ticks of a time axis: so many ticks of 100 ns, or so many months. Immutable.</summary>
internal readonly record struct TimeStep(long Ticks, int Months)
{
    private static readonly TimeStep[] Ladder = MakeLadder();

    /// <summary>The steps people read easily, small to large.</summary>
    internal static ReadOnlySpan<TimeStep> All => Ladder;

    /// <summary>About how long it is, in ticks.</summary>
    internal long Length => Months > 0 ? (long)(Months * 30.436875 * TimeSpan.TicksPerDay) : Ticks;

    /// <summary>The last step's beginning at or before a local time.</summary>
    internal DateTime Floor(DateTime local)
    {
        if (Months > 0)
        {
            var month = ((local.Year - 1) * 12) + local.Month - 1;
            // Years count from 0, so that steps of ten begin with 2020, not with 2021.
            month -= (month + 12) % Months;
            return month < 0 ? DateTime.MinValue : new DateTime((month / 12) + 1, (month % 12) + 1, 1, 0, 0, 0, local.Kind);
        }

        // 0001-01-01 was a Monday, so weeks begin with Mondays.
        return new DateTime(local.Ticks - (local.Ticks % Ticks), local.Kind);
    }

    /// <summary>The next step's beginning, or null past the end of the calendar.</summary>
    internal DateTime? After(DateTime local)
    {
        if (Months > 0) return local.Year + ((Months + 11) / 12) > 9998 ? null : local.AddMonths(Months);
        return local.Ticks > DateTime.MaxValue.Ticks - Ticks ? null : local.AddTicks(Ticks);
    }

    private static TimeStep[] MakeLadder()
    {
        var steps = new List<TimeStep>();
        foreach (var milliseconds in (int[])[1, 2, 5, 10, 20, 50, 100, 200, 500]) steps.Add(new(milliseconds * TimeSpan.TicksPerMillisecond, 0));
        foreach (var seconds in (int[])[1, 2, 5, 10, 15, 30]) steps.Add(new(seconds * TimeSpan.TicksPerSecond, 0));
        foreach (var minutes in (int[])[1, 2, 5, 10, 15, 30]) steps.Add(new(minutes * TimeSpan.TicksPerMinute, 0));
        foreach (var hours in (int[])[1, 2, 3, 6, 12]) steps.Add(new(hours * TimeSpan.TicksPerHour, 0));
        foreach (var days in (int[])[1, 2, 7, 14]) steps.Add(new(days * TimeSpan.TicksPerDay, 0));
        foreach (var months in (int[])[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000]) steps.Add(new(0, months));
        return [.. steps];
    }
}
