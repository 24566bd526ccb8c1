using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>The book, the outbox and the dispatcher over one store, with a clock of the test's own; it can be begun anew on the same store.</summary>
internal sealed class NoticeHarness : IDisposable
{
    public static readonly RuleModel Rule = Read(new RuleConfig { Id = "hot", Name = "hot", Expr = "last(x, 1) > 80", Severity = "critical", Channels = ["ops"] });

    private NoticeHarness(IDocumentStore store, ManualTime time, INotifier notifier, NotificationOptions options)
    {
        Store = store;
        Time = time;
        Outbox = new Outbox();
        Book = new AlertBook(store, time, Outbox);
        var channels = new ChannelBook(store, options);
        Dispatcher = new NotificationDispatcher(Outbox, Book, channels, Journal, store, [notifier], options, new LoopSupervisor(time, NullLogger<LoopSupervisor>.Instance), time, NullLogger<NotificationDispatcher>.Instance, Links = new NoticeLinks(store, options, time));
        Channels = channels;
    }

    public IDocumentStore Store { get; }

    public ManualTime Time { get; }

    public NoticeLinks Links { get; }

    public Outbox Outbox { get; }

    public AlertBook Book { get; }

    public ChannelBook Channels { get; }

    public TellingJournal Journal { get; } = new();

    public NotificationDispatcher Dispatcher { get; }

    public long Now => Time.GetUtcNow().UtcTicks;

    public static async Task<NoticeHarness> StartAsync(INotifier notifier, IDocumentStore? store = null, ManualTime? time = null, NotificationOptions? options = null, bool takesOver = true)
    {
        var harness = new NoticeHarness(store ?? new MemoryDocumentStore(), time ?? new ManualTime(), notifier, options ?? new NotificationOptions());
        if (store is null) await harness.Channels.SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }, new ChannelConfig { Name = "night", Kind = "log" }], default);
        await harness.Book.LoadAsync(default);
        await harness.Dispatcher.StartingAsync(default);
        if (takesOver) harness.Book.TakeOver(new RuleSet([Rule]));
        return harness;
    }

    public static RuleModel Read(RuleConfig config)
    {
        Assert.True(RuleReader.TryRead(config, out var rule, out _));
        return rule;
    }

    /// <summary>Tells the book of a change of the alert on a series.</summary>
    public void Post(AlertEventKind kind, string series = "x", RuleModel? rule = null, long firedAt = 1_000)
    {
        rule ??= Rule;
        SeriesKey.TryParse(series, out var key);
        var id = AlertNames.Alert(rule.Id, series);
        Book.Post(new AlertTransition
        {
            AlertId = id, Rule = rule, Series = key!, Kind = kind, State = kind == AlertEventKind.Resolved ? AlertState.Inactive : AlertState.Firing, At = Now, Now = Now,
            ActiveAt = firedAt, FiredAt = firedAt, Episode = AlertNames.Episode(id, firedAt), Severity = rule.Severity, Value = 90, Peak = 91,
            Reason = kind == AlertEventKind.Resolved ? "cleared" : null, Live = new LiveFigures(),
        });
    }

    /// <summary>Commits, lets the time pass and the dispatcher work.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Book.SaveAsync(default);
        Time.Advance(time);
        await Dispatcher.StepAsync(Now, default);
        await Book.SaveAsync(default);
        await Dispatcher.StepAsync(Now, default);
        await Dispatcher.WhenIdleAsync();
    }

    public void Dispose()
    {
        Dispatcher.Dispose();
        Book.Dispose();
    }
}
