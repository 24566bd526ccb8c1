using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Sends what the outbox owes, at least once: notices are formed into a delivery with a key of its own, that is kept before it is sent and forgotten
/// after the receiver has it. Deliveries of one rule to one channel keep their order; a channel that hangs holds up no other.
/// </summary>
public sealed partial class NotificationDispatcher(
    Outbox outbox, AlertBook alerts, ChannelBook channels, TellingJournal journal, IDocumentStore documents, IEnumerable<INotifier> notifiers,
    NotificationOptions options, LoopSupervisor loops, TimeProvider time, ILogger<NotificationDispatcher> logger, NoticeLinks? links = null) : BackgroundService, IHostedLifecycleService
{
    /// <summary>The alert of a test.</summary>
    internal const string TestId = "test";

    /// <summary>How many undelivered ones are kept to be shown; the oldest go.</summary>
    private const int MaxUndelivered = 1_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, INotifier> _notifiers =
        notifiers.SelectMany(static n => n.Kinds.Select(kind => (kind, n))).GroupBy(static p => p.kind).ToDictionary(static g => g.Key, static g => g.Last().n, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Delivery> _deliveries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _inFlight = new(StringComparer.Ordinal);

    // One a channel that something was ever sent to since the start: at most as many as there were channels.
    private readonly ConcurrentDictionary<string, ChannelLane> _lanes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _more = new(0, 1);
    private readonly Dictionary<(string Channel, string RuleId), long> _lastMade = [];
    private long _sequence;
    private long _delivered;

    /// <summary>How many deliveries receivers took since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>How many deliveries are on their way this moment.</summary>
    public int InFlight => _lanes.Values.Sum(static lane => lane.Busy);

    /// <summary>The deliveries that wait or were given up, the newest first.</summary>
    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries.Values.OrderByDescending(static d => d.Sequence)];

    /// <summary>Takes over what was kept, before the first alert is judged.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await channels.LoadAsync(cancellationToken);
        if (links is not null) await links.LoadAsync(cancellationToken);
        var notices = await ReadAsync<Notice>(NoticeDocuments.Notice, cancellationToken);
        outbox.Load(notices, await ReadAsync<Told>(NoticeDocuments.Told, cancellationToken));
        journal.Load(await ReadAsync<Telling>(NoticeDocuments.Telling, cancellationToken));
        foreach (var delivery in await ReadAsync<Delivery>(NoticeDocuments.Delivery, cancellationToken))
        {
            _deliveries[delivery.Key] = delivery;
            _sequence = Math.Max(_sequence, delivery.Sequence);
        }
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Plans, forms and begins to send what is due.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task StepAsync(long now, CancellationToken cancellationToken)
    {
        var open = alerts.List();
        alerts.Keep(keep => outbox.Reconcile(open, Ended, alerts.FindEpisode, options.RepeatAfter, now, keep));
        await FormDueAsync(now, cancellationToken);
        PickUp(now, cancellationToken);
    }

    /// <summary>Completes when nothing is on its way.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_inFlight.Values);

    /// <summary>Sends a notice that says it is a test, at once and once.</summary>
    public async Task<NotifyResult> TestAsync(ChannelConfig channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        var notice = new Notice
        {
            Episode = "test-" + Guid.NewGuid().ToString("n")[..8], Channel = channel.Name, Kind = "firing", Number = 1, AlertId = TestId, RuleId = "test", Rule = "Test",
            Series = "livedash.test", Value = 1, FiredAt = now, Message = "A test from LiveDash: this channel works.", PlannedAt = now,
        };
        return await AttemptAsync(channel, new Delivery { Key = notice.Key, Channel = channel.Name, RuleId = "test", Notices = [notice], Sequence = 0, MadeAt = now }, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(loops.RunAsync("notices", RunAsync, stoppingToken), loops.RunAsync("notice repeats", RepeatAsync, stoppingToken));
        // What is owed is kept and goes out after the next start.
        await WhenIdleAsync();
    }

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var more = _more.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await await Task.WhenAny(tick, more);
            loop.Turn();
            if (more.IsCompleted)
            {
                // Where many wait the next go out as soon as those before them have arrived, and not at the next tick.
                more = _more.WaitAsync(stoppingToken);
                PickUp(time.GetUtcNow().UtcTicks, stoppingToken);
            }

            if (!tick.IsCompleted) continue;
            tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            try
            {
                await StepAsync(time.GetUtcNow().UtcTicks, stoppingToken);
            }
            catch (IOException e)
            {
                LogNotKept(logger, e);
            }
        }
    }

    private async Task<List<T>> ReadAsync<T>(string kind, CancellationToken cancellationToken)
        where T : class =>
        [.. (await documents.ListAsync(kind, cancellationToken)).Select(static d => DocumentJson.TryRead<T>(d.Body)).OfType<T>()];

    private TimeSpan WaitOf(string channel, string rule, long now) =>
        _lastMade.TryGetValue((channel, rule), out var last) && now - last < options.RepeatAfter.Ticks ? options.GroupInterval : options.GroupWait;

    private Episode? Ended(Told told)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (alerts.FindEpisode(told.Episode) is not { ResolvedAt: not null } episode || alerts.IsFlapping(told.AlertId)) return null;
        if (!SeriesKey.TryParse(episode.Series, out var series)) return episode;
        return alerts.Silences().Any(silence => silence.Covers(episode.RuleId, episode.RuleName, told.Labels, series!, told.Severity, now)) ? null : episode;
    }

    // Asked just before it is sent: only then is it known what became of the news before it. An end, or another severity, of what the receiver never
    // heard to fire is none; nor is a firing taken up again where the alert was told to fire anew since.
    private bool IsNews(Delivery delivery, Notice notice) => notice.Kind switch
    {
        "resolved" or "severity" => !journal.WasNeverTold(notice.Episode, notice.Channel),
        "firing" => !delivery.IsTakenUp || !outbox.IsToldOfAnother(notice),
        _ => true,
    };

    private void Drop(Delivery delivery)
    {
        LogNoNews(logger, delivery.Channel, delivery.Key);
        _deliveries.TryRemove(delivery.Key, out _);
        alerts.Keep(keep => keep(NoticeDocuments.Delivery, delivery.Key, null));
    }

    private async Task<NotifyResult> AttemptAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        if (!_notifiers.TryGetValue(channel.Kind, out var notifier)) return NotifyResult.Refused($"There is nothing that sends to '{channel.Kind}'.");
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await notifier.SendAsync(channel, links?.With(delivery) ?? delivery, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return NotifyResult.Retry($"No answer within {options.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A notifier's own fault is its channel's trouble alone.
            return NotifyResult.Retry(e.Message);
        }
    }

    private async Task RecordAsync(Delivery delivery, NotifyResult result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (result.Outcome == NotifyOutcome.Delivered)
        {
            if (result.Detail is { } detail) LogAbridged(logger, delivery.Channel, delivery.Key, detail);
            await RecordArrivalAsync(delivery with { Attempts = delivery.Attempts + 1, Error = result.Detail }, now, cancellationToken);
            return;
        }

        var attempts = delivery.Attempts + 1;
        var isOver = result.Outcome == NotifyOutcome.Refused || now - delivery.MadeAt >= options.GiveUpAfter.Ticks;
        var next = delivery with { Attempts = attempts, NextAt = now + Math.Max(Pause(delivery.Key, attempts), Asked(result)), Error = result.Detail, IsUndelivered = isOver };
        if (isOver) LogUndelivered(logger, delivery.Channel, delivery.Key, result.Detail);
        _deliveries[delivery.Key] = next;
        List<DocumentChange> changes = [new(NoticeDocuments.Delivery, delivery.Key, DocumentJson.Write(next))];
        if (isOver) changes.AddRange(journal.Record(next, now));
        foreach (var old in _deliveries.Values.Where(static d => d.IsUndelivered).OrderByDescending(static d => d.Sequence).Skip(MaxUndelivered))
        {
            _deliveries.TryRemove(old.Key, out _);
            changes.Add(new(NoticeDocuments.Delivery, old.Key, null));
        }

        await documents.ApplyOwedAsync(changes, cancellationToken);
    }

    private async Task RecordArrivalAsync(Delivery delivery, long now, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _delivered);
        // In memory first: whatever the disk says, it must not be sent again.
        var told = journal.Record(delivery, now);
        if (delivery.IsTakenUp) alerts.Keep(keep => outbox.Remember(delivery.Notices, IsEndOwed, alerts.FindEpisode, now, keep));
        _deliveries.TryRemove(delivery.Key, out _);
        var gone = new DocumentChange(NoticeDocuments.Delivery, delivery.Key, null);
        alerts.Keep(keep =>
        {
            foreach (var change in told.Append(gone)) keep(change.Kind, change.Id, change.Body);
        });
        try
        {
            await alerts.SaveAsync(cancellationToken);
        }
        catch (IOException e)
        {
            // What the disk has no space for stays with the alerts' changes and is tried again; a full one still takes what frees space.
            LogNotKept(logger, e);
            await documents.ApplyAsync([gone], cancellationToken);
        }
    }

    private bool IsEndOwed(Notice firing) => _deliveries.Values.Any(d =>
        !d.IsUndelivered && d.Channel == firing.Channel && d.Notices.Any(n => n.Episode == firing.Episode && n.Kind == "resolved"));

    // As long as the receiver asks for, within the time for which it is tried at all.
    private long Asked(NotifyResult result) => result.After is { } after && after > TimeSpan.Zero ? Math.Min(after.Ticks, options.GiveUpAfter.Ticks) : 0;

    // Doubling from a second, and up to half as long again, so that many do not come back at once: by the key and not by chance, so that a day can be run again as it was.
    private static long Pause(string key, int attempts)
    {
        var pause = Math.Min(LongestPause.Ticks, TimeSpan.TicksPerSecond << Math.Min(attempts - 1, 10));
        var share = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key} {attempts}"))));
        return pause + (long)(pause / 2 * (share / (uint.MaxValue + 1.0)));
    }

    [LoggerMessage(4101, LogLevel.Warning, "Notices could not be kept; trying again")]
    private static partial void LogNotKept(ILogger logger, Exception exception);

    [LoggerMessage(4105, LogLevel.Warning, "Channel '{Channel}' is told though the notice could not be kept; after a crash it may be told again: {Detail}")]
    private static partial void LogUnkept(ILogger logger, string channel, string detail);

    [LoggerMessage(4104, LogLevel.Information, "Channel '{Channel}' is not told '{Key}': it never heard of the beginning, or has heard newer")]
    private static partial void LogNoNews(ILogger logger, string channel, string key);

    [LoggerMessage(4107, LogLevel.Warning, "Channel '{Channel}' took '{Key}': {Detail}")]
    private static partial void LogAbridged(ILogger logger, string channel, string key, string detail);

    [LoggerMessage(4102, LogLevel.Error, "Channel '{Channel}' did not take '{Key}', and it is not tried again: {Detail}")]
    private static partial void LogUndelivered(ILogger logger, string channel, string key, string? detail);
}
