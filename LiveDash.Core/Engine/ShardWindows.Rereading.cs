namespace LiveDash.Core.Engine;

// Windows that are read anew from the store, because their points there have changed or the clock was set back.
internal sealed partial class ShardWindows
{
    /// <summary>
    /// Reads everything of a series anew from the store: its time has run ahead of a clock that was set back, or points of it were deleted. Windows keep their
    /// holders and are empty until their past is there.
    /// </summary>
    public void Rebuild(SeriesState state, long now)
    {
        foreach (var log in state.Logs)
        {
            if (!parts.History.HasStore) return;
            EndLoad(log, log.Pending);
            log.Restart();
            if (log.NextWaiting() is { } widest) BeginLoad(state, log, widest, now);
        }
    }

    /// <summary>Adds what tells that each window of a series has its past.</summary>
    public static void CollectWaiting(SeriesState state, ICollection<Task> into)
    {
        foreach (var log in state.Logs)
        {
            foreach (var cell in log.Cells) into.Add(cell.Ready.Task);
        }
    }

    /// <summary>Reads what the windows of a series hold from the store anew, because values in it were replaced.</summary>
    public void Reread(int series, long now)
    {
        if (!parts.History.HasStore || states.OfSeries(series) is not { } state) return;
        foreach (var log in state.Logs)
        {
            // A read that is under way may have begun before the change: it is begun again.
            EndLoad(log, log.Pending);
            if (!log.IsLive)
            {
                if (log.NextWaiting() is { } waiting) BeginLoad(state, log, waiting, now);
                continue;
            }

            var pending = new PendingPoints(shard.Limit);
            (log.Pending, log.Loading) = (pending, log.Cells.Find(static cell => !cell.IsWaiting));
            _pending++;
            tail.Visit(series, (batch, times, values) => pending.Add(batch, times, values, pending.Limit));
            _ = RereadAsync(state, log, pending);
        }
    }

    // What the windows hold is so many of the newest points, and they are all of them after the change, too.
    private async Task RereadAsync(SeriesState state, SeriesLog log, PendingPoints pending)
    {
        var stored = await parts.History.ReadAsync(state.Series, new HistoryNeed(0, Math.Max(1, log.Points.HeldPoints), 0), pending.Limit, default).ConfigureAwait(false);
        shard.Post(wall =>
        {
            if (!EndLoad(log, pending)) return;
            var joined = pending.JoinTo(stored);
            if (stored.WholeSince != long.MaxValue) log.Points.Replace(joined.Times, joined.Values);
            log.Points.AdvanceTo(states.Now(state.Series, wall));
            if (log.Leases > 0) MarkDirty(state, log);
            if (log.NextWaiting() is { } next) BeginLoad(state, log, next, wall);
        });
    }
}
