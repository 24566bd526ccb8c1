using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>How the shard keeps what is ahead of the clock from windows and rules, and what it does when the clock is set back.</summary>
internal sealed partial class EngineShard
{
    /// <summary>A series' now never runs further ahead of the server's clock.</summary>
    private static readonly long MaxLead = TimeSpan.FromSeconds(1).Ticks;

    /// <summary>A step back of less is the daily work of a clock's keeper and is waited for.</summary>
    private static readonly long BackStep = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>Reads a series anew: its windows, its charts and what of it is ahead of the clock. To be called by a command.</summary>
    /// <returns>Completes when all of it has its past.</returns>
    public Task Rebuild(int series, (long Time, double Value)? newest, long now)
    {
        var local = (int)((uint)series / _shards);
        if (newest is not null) Rows.Reset(local, newest.Value.Time, newest);
        var ready = new List<Task> { ReadAheadAsync(series) };
        if (_states.Find(local) is not { } state) return ready[0];
        _windows.Rebuild(state, now);
        _detectors.Rebuild(state);
        _charts.Rebuild(state, now);
        ShardWindows.CollectWaiting(state, ready);
        return Task.WhenAll(ready);
    }

    /// <summary>Takes in stored points that may be ahead, before the first window is read. To be called by a command.</summary>
    public void TakeAhead(int local, PointBuffer points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (points.Times[i] > Limit) _ahead.Add(local, points.Times[i], points.Values[i]);
        }
    }

    /// <summary>Reads what the store has of a series beyond the limit; what arrives meanwhile waits, so that each point comes once. To be called by a command.</summary>
    public Task ReadAheadAsync(int series)
    {
        var pending = new PendingPoints(Limit);
        _aheadReads[series] = pending;
        _ahead.Remove((int)((uint)series / _shards));
        _tail.Visit(series, (batch, times, values) => AddAhead(pending, batch, times, values));
        return LoadAheadAsync(series, pending);
    }

    private static void AddAhead(PendingPoints pending, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] > pending.Limit) pending.Add(batch, times.Slice(i, 1), values.Slice(i, 1), long.MaxValue);
        }
    }

    private async Task LoadAheadAsync(int series, PendingPoints pending)
    {
        var stored = await _history.ReadAheadAsync(series, pending.Limit, AheadPoints.MaxPoints, default).ConfigureAwait(false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = Post(_ =>
        {
            done.TrySetResult();
            if (!_aheadReads.TryGetValue(series, out var current) || !ReferenceEquals(current, pending)) return;
            _aheadReads.Remove(series);
            var joined = pending.JoinByCommit(stored);
            for (var i = 0; i < joined.Count; i++) _ahead.Add((int)((uint)series / _shards), joined.Times[i], joined.Values[i]);
        });
        if (posted) await done.Task.ConfigureAwait(false);
    }

    private void WaitAhead(PendingPoints pending, PointBatch? batch, int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (batch is not null) AddAhead(pending, batch, times, values);
        else PointTail.Visit(_group, series, (one, t, v) => AddAhead(pending, one, t, v));
    }

    private void MoveLimit(long now)
    {
        var limit = now + MaxLead;
        var isSetBack = Limit != 0 && limit < Limit - BackStep;
        Limit = isSetBack ? limit : Math.Max(Limit, limit);
        if (isSetBack) FollowBack(now);
        while (_ahead.TryTake(Limit, out var local, out var time, out var value)) Release(local, time, value, now);
    }

    private void Release(int local, long time, double value, long now)
    {
        Rows.Pass(local, time);
        var judge = WhoJudges((int)((uint)local * _shards + _index), now);
        var state = _states.Find(local);
        Enter(judge, state, [time], [value], now);
        if (state is null) return;
        _windows.Note(state, time, value);
        if (state.Detector is not null) _detectors.Note(state, time, value);
    }

    // What was taken for the present lies in the future now: windows would take all that comes for late.
    private void FollowBack(long now)
    {
        LogSetBack(_logger, _index);
        var reset = Rows.ResetAll(Limit);
        foreach (var state in _states.Active.ToList())
        {
            if (!state.Logs.Exists(log => log.Points.Now > Limit) && state.Charts.Count == 0 && state.Detector is null) continue;
            _ = Rebuild(state.Series, newest: null, now);
        }

        // Of the others nothing is held, but what is ahead of the clock now must come when somebody looks again.
        foreach (var local in reset)
        {
            var series = (int)((uint)local * _shards + _index);
            if (!_aheadReads.ContainsKey(series)) _ = ReadAheadAsync(series);
        }
    }

    [Microsoft.Extensions.Logging.LoggerMessage(EventId = 3004, Level = Microsoft.Extensions.Logging.LogLevel.Warning, Message = "The clock was set back: shard {Shard} reads its windows and charts anew")]
    private static partial void LogSetBack(Microsoft.Extensions.Logging.ILogger logger, uint shard);
}
