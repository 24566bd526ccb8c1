using System.Globalization;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// One life of the program without its threads: store, windows, judge, book, outbox and dispatcher, stepped by whoever holds the clock. What outlives it is on the disk. Used by
/// one simulation.
/// </summary>
internal sealed class SimulatedNode : IAsyncDisposable
{
    private readonly ManualTime _time;
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly StoreEngine _engine;
    private readonly BlockPointStore _points;
    private readonly PreviewWindows _windows;
    private readonly AlertJudge _judge;
    private readonly ChannelBook _channels;

    private SimulatedNode(MemoryDisk disk, ManualTime time, INotifier notifier, NotificationOptions options)
    {
        _time = time;
        Database = new MemoryDatabase(disk);
        // The store's own loops sleep for ever: upkeep is a step like any other.
        _engine = new StoreEngine(Database, new StorageOptions { SealPoints = 1 << 20 }, _catalog, new ManualTime(), NullLogger<StoreEngine>.Instance);
        _points = new BlockPointStore(_engine);
        var documents = new BlockDocumentStore(_engine);
        var outbox = new Outbox();
        Book = new AlertBook(documents, time, outbox);
        _channels = new ChannelBook(documents, options);
        Dispatcher = new NotificationDispatcher(
            outbox, Book, _channels, new TellingJournal(), documents, [notifier], options, new LoopSupervisor(time, NullLogger<LoopSupervisor>.Instance), time, NullLogger<NotificationDispatcher>.Instance);
        _windows = new PreviewWindows(_catalog, LocalClock.Utc);
        _judge = new AlertJudge(new JudgeParts(_catalog, new Limits(), new MeasureBoard(), new RuleStates(), Book), 0, 1, _windows);
    }

    /// <summary>Fails on demand.</summary>
    public MemoryDatabase Database { get; }

    /// <summary>The alerts.</summary>
    public AlertBook Book { get; }

    /// <summary>The notices.</summary>
    public NotificationDispatcher Dispatcher { get; }

    /// <summary>True once a write broke off, as a kill does it: it says and does nothing more.</summary>
    public bool IsDead => State is StoreState.ReadOnly or StoreState.Unavailable;

    /// <summary>How the store does.</summary>
    public StoreState State => _points.Status.State;

    /// <summary>Begins on what is on the disk.</summary>
    public static async Task<SimulatedNode> StartAsync(MemoryDisk disk, ManualTime time, RuleModel rule, INotifier notifier, NotificationOptions options)
    {
        var node = new SimulatedNode(disk, time, notifier, options);
        await node._points.OpenAsync(default);
        if (disk.Documents.Count == 0) await node._channels.SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }], default);
        await node.Book.LoadAsync(default);
        await node.Dispatcher.StartingAsync(default);
        var stats = node._points.GetStats();
        foreach (var one in stats)
        {
            var lane = node._windows.LaneOf(node._catalog[one.Series]);
            lane.Prepare(rule);
            lane.TellKnownSince(one.First);
            await foreach (var block in node._points.ScanAsync(new PointQuery { Series = [one.Series], Range = new TimeRange(time.Ticks - TimeSpan.TicksPerHour, long.MaxValue) }, default))
            {
                for (var i = 0; i < block.Count; i++) lane.Add(block.Times.Span[i], block.Values.Span[i]);
            }
        }

        var rules = new RuleSet([rule]);
        node._judge.TellNewest(stats, time.Ticks);
        node._judge.Configure(rules, time.Ticks);
        node.Book.TakeOver(rules);
        return node;
    }

    /// <summary>Takes points: judged at once, and kept.</summary>
    /// <returns>True where they are on the disk, and so acknowledged.</returns>
    public async Task<bool> TakeAsync(IReadOnlyList<(string Series, long Ticks, double Value)> points)
    {
        var batch = PointBatch.Rent();
        try
        {
            var now = _time.Ticks;
            foreach (var (name, ticks, value) in points)
            {
                if (!_catalog.TryIntern(new SeriesKey(name), out var series)) throw new InvalidOperationException("Too many series.");
                batch.Add(series, ticks, value, double.NaN, double.NaN, ticks.ToString(CultureInfo.InvariantCulture));
                var isWatched = _judge.Watches(series, now);
                _windows.LaneOf(_catalog[series]).Add(ticks, value);
                if (isWatched) _judge.OnPoint(series, ticks, now);
            }

            await _points.AppendAsync(batch, default);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            batch.Release();
        }
    }

    /// <summary>A second has passed.</summary>
    /// <param name="upkeep">True where the store seals and looks after itself, too.</param>
    public async Task StepAsync(bool upkeep)
    {
        var now = _time.Ticks;
        _windows.AdvanceTo(now);
        _judge.OnTick(now);
        if (upkeep)
        {
            await TryAsync(() => _engine.Keeper.StepAsync(_time.GetUtcNow()));
            await TryAsync(_engine.Keeper.SealAsync);
        }

        await TryAsync(() => Book.SaveAsync(default));
        await TryAsync(() => Dispatcher.StepAsync(now, default));
        await Dispatcher.WhenIdleAsync();
        await TryAsync(() => Book.SaveAsync(default));
    }

    /// <summary>All points kept, by series and in the order of time.</summary>
    public async Task<List<(string Series, long Ticks, double Value)>> ReadAsync()
    {
        var found = new List<(string, long, double)>();
        foreach (var one in _points.GetStats())
        {
            await foreach (var block in _points.ScanAsync(new PointQuery { Series = [one.Series] }, default))
            {
                for (var i = 0; i < block.Count; i++) found.Add((_catalog[one.Series].ToString(), block.Times.Span[i], block.Values.Span[i]));
            }
        }

        return found;
    }

    /// <summary>Gone without a word: nothing more is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        Database.WritesLeft = 0;
        Dispatcher.Dispose();
        Book.Dispose();
        await _points.DisposeAsync();
    }

    // A disk that takes nothing is what the simulation is about: it is tried again with the next step.
    private static async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
