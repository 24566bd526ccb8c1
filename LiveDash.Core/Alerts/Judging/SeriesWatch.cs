using LiveDash.Core.Engine;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>What a judge knows of one series: the alerts on it and when it last sent a point. Used by one shard's loop alone.</summary>
internal sealed class SeriesWatch(int series, long knownSince, long newest) : ISeriesJudge
{
    public int Series => series;

    /// <summary>The alerts whose rule is driven by this series.</summary>
    public List<AlertInstance> Alerts { get; } = [];

    /// <summary>What rules of other shards want to know of it.</summary>
    public List<MeasureCell> Cells { get; } = [];

    /// <summary>The newest event time there is, in UTC ticks: of the store, before the first point; 0 where there is none.</summary>
    public long LastTicks { get; private set; } = newest;

    /// <summary>True once a point has come since the start: before that there is nothing new to judge, except silence itself.</summary>
    public bool HasPoint { get; private set; }

    /// <summary>When the last point arrived, in UTC ticks; before the first, since when one was waited for.</summary>
    public long LastArrival { get; private set; } = knownSince;

    /// <summary>True once all rules were asked for it. A rule that joins several series may look at it before that.</summary>
    public bool IsMatched { get; set; }

    /// <summary>True once nobody has watched it: its points were not told since, so what is known of it is old.</summary>
    public bool IsLapsed { get; set; }

    /// <summary>How long it must not be silent; null unless a rule asks for its absence.</summary>
    public SilenceClock? Silence { get; set; }

    /// <summary>True when its points must be told: an alert of another series that asks for its absence must hear of them too.</summary>
    public bool IsWatched => Alerts.Count > 0 || Cells.Count > 0 || Silence is not null;

    /// <summary>Somebody watches it again: it is waited for from now on, and nothing is judged before its next point.</summary>
    public void Resume(long now)
    {
        IsLapsed = false;
        HasPoint = false;
        Silence?.Forget();
        LastTicks = 0;
        LastArrival = now;
    }

    /// <inheritdoc/>
    public void OnPoint(long ticks, double value, long nowTicks) => OnPoint(ticks, nowTicks);

    /// <summary>A point has entered the windows.</summary>
    public void OnPoint(long ticks, long now)
    {
        var decides = Arrive(ticks, now);
        // By index: this is done for every point, and an enumerator of a list checks at each step what cannot change here.
        for (var i = 0; i < Cells.Count; i++) Cells[i].Refresh(now);
        for (var i = 0; i < Alerts.Count; i++)
        {
            var alert = Alerts[i];
            alert.Freshen();
            if (decides) alert.Judge(ticks, now);
        }
    }

    /// <summary>Takes note of a point; false where it is older than another, so that it decides nothing.</summary>
    public bool Arrive(long ticks, long now)
    {
        LastArrival = Math.Max(LastArrival, now);
        HasPoint = true;
        if (ticks < LastTicks) return false;
        LastTicks = ticks;
        return true;
    }

    /// <summary>Where event time stands: it runs on with the clock from the last arrival, never beyond the clock by itself.</summary>
    public long Now(long wall) => !HasPoint ? wall : Math.Max(LastTicks, Math.Min(wall, LastTicks + Math.Max(0, wall - LastArrival)));

    /// <summary>How long it has been silent, in ticks: what was seen of it before the start included, the outage not.</summary>
    public long Quiet(long now) => now - LastArrival + (HasPoint || Silence is null ? 0 : Silence.Before);

    /// <summary>An outage of the clock does not count as silence; and where it was set back, what seemed newest does not make the next points late.</summary>
    public void Skip(long gap, long now)
    {
        LastArrival += gap;
        if (gap < 0) LastTicks = Math.Min(LastTicks, now);
    }
}
