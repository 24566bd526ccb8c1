using System.Threading.Channels;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Engine;

/// <summary>
/// One part of the engine: owns the windows, charts and judgement of the series whose number is its own modulo the number of shards.
/// Everything happens in <see cref="Step"/>, which one loop calls; other threads only hand in batches and commands and read what is published.
/// </summary>
internal sealed partial class EngineShard
{
    /// <summary>A step publishes after at most so many points, however many wait: a noisy series must not hold back what a quiet one shows.</summary>
    private const int PointsPerStep = 65_536;

    /// <summary>How many points of waiting batches are sorted together at most; bounds the sorter's memory and the wait of the first.</summary>
    private const int PointsPerGroup = 65_536;

    private static readonly object TickItem = new();

    private readonly Channel<object> _queue = Channel.CreateUnbounded<object>();
    private readonly SemaphoreSlim _room;
    private readonly PointTail _tail;
    private readonly SeriesStates _states;
    private readonly ShardWindows _windows;
    private readonly ShardDetectors _detectors;
    private readonly ShardCharts _charts;
    private readonly ChangeListeners _anyPoint;
    private readonly ChangeListeners _newSeries;
    private readonly IPointJudge? _judge;
    private readonly ILogger _logger;
    private readonly HistoryReader _history;
    private readonly BatchSorter _sorter;
    private readonly List<PointBatch> _group = [];
    private readonly AheadPoints _ahead = new();

    // Series whose points ahead are being read anew, with what arrived of them meanwhile. Empty nearly always.
    private readonly Dictionary<int, PendingPoints> _aheadReads = [];
    private readonly uint _index;
    private readonly uint _shards;
    private int _tickWaits;
    private bool _faultTold;
    private long _points;
    private long _faults;

    public EngineShard(int index, ShardParts parts)
    {
        _index = (uint)index;
        _shards = (uint)parts.Shards;
        _room = new SemaphoreSlim(parts.Options.QueueBatches);
        _tail = new PointTail();
        _sorter = new BatchSorter(index, parts.Shards);
        _states = new SeriesStates(parts.Shards, Rows);
        _detectors = new ShardDetectors(this, parts, _states, _tail);
        _windows = new ShardWindows(this, parts, _states, _tail, _detectors);
        _charts = new ShardCharts(this, parts, _states, _tail);
        _anyPoint = parts.AnyPoint;
        _newSeries = parts.NewSeries;
        _logger = parts.Logger;
        _history = parts.History;
        _judge = parts.Judges?.Create(index, _windows);
    }

    public SeriesRows Rows { get; } = new();

    public SeriesStates States => _states;

    public ShardWindows Windows => _windows;

    public ShardCharts Charts => _charts;

    public ShardDetectors Detectors => _detectors;

    /// <summary>Up to which event time windows and rules see points now, in UTC ticks: a second ahead of the clock.</summary>
    public long Limit { get; private set; }

    /// <summary>Points that wait for their time, and how many found no place.</summary>
    public (int Waiting, long Refused) Ahead => (_ahead.Count, _ahead.Refused);

    /// <summary>How many points it has handled.</summary>
    public long Points => Volatile.Read(ref _points);

    /// <summary>How many batches, commands or judgements failed; the first of each tick is logged.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>How many batches and commands wait.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Waits for room in the queue. Each success allows one <see cref="Post(PointBatch)"/>.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Takes back a success of <see cref="WaitForRoomAsync"/> that was not used.</summary>
    public void ReturnRoom() => _room.Release();

    /// <summary>Queues a batch, with a share of it that becomes the shard's.</summary>
    public void Post(PointBatch batch)
    {
        if (_queue.Writer.TryWrite(batch)) return;
        _room.Release();
        batch.ReleaseRead();
    }

    /// <summary>Queues a command; it gets the wall clock in UTC ticks. After the end it is dropped.</summary>
    public bool Post(Action<long> command) => _queue.Writer.TryWrite(command);

    /// <summary>Tells that time has passed; several before the shard looks are one.</summary>
    public void PostTick()
    {
        if (Interlocked.Exchange(ref _tickWaits, 1) == 0) _queue.Writer.TryWrite(TickItem);
    }

    /// <summary>Runs the action on the judge, if there is one.</summary>
    public void WithJudge(Action<IPointJudge> action)
    {
        if (_judge is not null) action(_judge);
    }

    /// <summary>No more batches; the loop ends when what waits is done.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Told each time the loop goes round.</summary>
    public Action Turning { get; set; } = static () => { };

    /// <summary>Waits for work and does it, until <see cref="Complete"/>.</summary>
    public async Task RunAsync(TimeProvider time)
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Turning();
            Step(time.GetUtcNow().UtcTicks);
        }

        _tail.Clear();
    }

    /// <summary>Does what waits, up to a bound, and publishes what changed.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <returns>False when nothing waited.</returns>
    public bool Step(long now)
    {
        var before = _points;
        var worked = false;
        try
        {
            MoveLimit(now);
        }
        catch (Exception e)
        {
            Failed(e);
        }

        while (_points - before < PointsPerStep && _queue.Reader.TryRead(out var item))
        {
            worked = true;
            try
            {
                if (item is PointBatch batch) Do(batch, now);
                else Do(item, now);
            }
            catch (Exception e)
            {
                // A fault in one batch or command must not end the loop: the others go on, and the count is on screen.
                Failed(e);
            }
        }

        try
        {
            _windows.Publish(now);
            _charts.Publish();
        }
        catch (Exception e)
        {
            _windows.Unmark();
            _charts.Unmark();
            Failed(e);
        }

        if (_points != before) _anyPoint.Raise();
        return worked;
    }

    private void Do(object item, long now)
    {
        if (item is Action<long> command)
        {
            command(now);
            return;
        }

        Volatile.Write(ref _tickWaits, 0);
        _faultTold = false;
        _tail.Trim();
        _windows.Advance(now);
        _judge?.OnTick(now);
    }

    private void Do(PointBatch first, long now)
    {
        // Where batches wait already, they are taken together; nobody's point waits for the sake of a larger group.
        _group.Add(first);
        for (var points = first.Count; points < PointsPerGroup && _queue.Reader.TryPeek(out var item) && item is PointBatch;)
        {
            if (!_queue.Reader.TryRead(out item)) break;
            _group.Add((PointBatch)item);
            points += _group[^1].Count;
        }

        _room.Release(_group.Count);
        try
        {
            if (_group.Count > 1 && !_windows.NeedsBatches && !_detectors.NeedsBatches)
            {
                HandleGroup(now);
                return;
            }

            foreach (var batch in _group) Handle(batch, now);
        }
        finally
        {
            foreach (var batch in _group) _tail.Add(batch);
            _group.Clear();
        }
    }

    private void HandleGroup(long now)
    {
        _sorter.Sort(_group);
        var isNew = false;
        while (_sorter.TryNext(out var local, out var times, out var values))
        {
            isNew |= HandleRun(null, (int)((uint)local * _shards + _index), times, values, now);
        }

        if (_charts.NeedsLocations)
        {
            foreach (var batch in _group) HandleLocations(batch);
        }

        if (isNew) _newSeries.Raise();
    }

    private void Handle(PointBatch batch, long now)
    {
        var series = batch.Series;
        var isNew = false;
        for (var i = 0; i < series.Length;)
        {
            var one = series[i];
            var end = i + 1;
            while (end < series.Length && series[end] == one) end++;
            if ((uint)one % _shards == _index)
            {
                isNew |= HandleRun(batch, one, batch.Times[i..end], batch.Values[i..end], now);
            }

            i = end;
        }

        if (_charts.NeedsLocations) HandleLocations(batch);
        if (isNew) _newSeries.Raise();
    }

    private void HandleLocations(PointBatch batch)
    {
        if (!batch.HasLocations) return;
        var series = batch.Series;
        for (var i = 0; i < series.Length; i++)
        {
            if ((uint)series[i] % _shards == _index) _charts.AddLocated((int)((uint)series[i] / _shards), batch, i, i + 1);
        }
    }

    // Without a batch the run holds all points of a series that are in the group.
    private bool HandleRun(PointBatch? batch, int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now)
    {
        var local = (int)((uint)series / _shards);
        Volatile.Write(ref _points, _points + times.Length);
        var isNew = Rows.Update(local, times, values, now, Limit, out var newest);
        // Judged from its first point on: a series nobody knew needs no history read, which would hold the judgement up.
        if (isNew) _windows.Begins = series;
        var judge = WhoJudges(series, now);
        _windows.Begins = -1;
        var state = _states.Find(local);
        if (newest <= Limit) Enter(judge, state, times, values, now);
        else EnterDue(judge, state, series, times, values, now);
        if (newest > Limit && _aheadReads.TryGetValue(series, out var pending)) WaitAhead(pending, batch, series, times, values);
        if (state is null) return isNew;
        if (batch is not null) _windows.Note(state, batch, times, values);
        else _windows.Note(state, _group);
        if (state.Detector is not null && batch is not null) _detectors.Note(state, batch, times, values);
        else if (state.Detector is not null) _detectors.Note(state, _group);
        _charts.Add(state, batch, _group, times, values);
        return isNew;
    }

    private void Enter(ISeriesJudge? judge, SeriesState? state, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now)
    {
        if (judge is not null)
        {
            Judge(judge, state, times, values, now);
            return;
        }

        if (state is null) return;
        ShardWindows.Add(state, times, values);
        state.Detector?.Add(times, values);
    }

    // Some points are ahead of the clock: those wait, the others enter in their order.
    private void EnterDue(ISeriesJudge? judge, SeriesState? state, int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] <= Limit) Enter(judge, state, times.Slice(i, 1), values.Slice(i, 1), now);
            else if (!_aheadReads.ContainsKey(series)) _ahead.Add((int)((uint)series / _shards), times[i], values[i]);
        }
    }

    private ISeriesJudge? WhoJudges(int series, long now)
    {
        try
        {
            return _judge?.Watch(series, now);
        }
        catch (Exception e)
        {
            Failed(e);
            return null;
        }
    }

    private void Judge(ISeriesJudge judge, SeriesState? state, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long now)
    {
        var logs = state?.Logs;
        var detector = state?.Detector;
        var only = logs is [{ IsLive: true } log] ? log.Points : null;
        var judged = 0;
        while (judged < times.Length)
        {
            try
            {
                for (; judged < times.Length; judged++)
                {
                    if (only is not null) only.Add(times[judged], values[judged]);
                    else if (logs is not null) ShardWindows.Add(logs, times[judged], values[judged]);
                    detector?.Held.Detector?.Push(times[judged], values[judged]);
                    judge.OnPoint(times[judged], values[judged], now);
                }
            }
            catch (Exception e)
            {
                // A rule that fails must not cost the point its place in the windows, nor the other points theirs.
                Failed(e);
                judged++;
            }
        }
    }

    private void Failed(Exception fault)
    {
        Volatile.Write(ref _faults, _faults + 1);
        // Whatever fails at one point fails at the next: one line a tick says enough.
        if (_faultTold) return;
        _faultTold = true;
        LogFault(_logger, fault, _index, _faults);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Engine shard {Shard} failed and goes on; {Faults} faults so far")]
    private static partial void LogFault(ILogger logger, Exception exception, uint shard, long faults);
}
