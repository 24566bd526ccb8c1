using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>A rule that is saved is judged from the next point on, with the past in its windows.</summary>
public sealed class RuleServiceTests : IDisposable
{
    private readonly MemoryPointStore _store = new();
    private readonly MemoryDocumentStore _documents = new();
    private readonly TaskCompletionSource _release = new();
    private readonly EngineHarness _harness;
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly RuleBook _rules;
    private readonly AlertBook _alerts;
    private readonly RuleService _service;

    public RuleServiceTests()
    {
        var states = new RuleStates();
        _alerts = new AlertBook(_documents, new ManualTime());
        var parts = new JudgeParts(_catalog, new Limits(), new MeasureBoard(), states, _alerts);
        var options = new EngineOptions { Shards = 2 };
        _harness = new EngineHarness(shards: 2, store: _store, judges: new AlertJudgeFactory(parts, options, new ManualTime()), options: options);
        _rules = new RuleBook(_documents, new Limits());
        _service = new RuleService(_rules, _alerts, states, _harness.Engine, new LoopSupervisor(_harness.Time, NullLogger<LoopSupervisor>.Instance), _harness.Time, NullLogger<RuleService>.Instance);
    }

    public void Dispose()
    {
        _alerts.Dispose();
        _rules.Dispose();
    }

    [Theory]
    [InlineData("sum(x, 5) > 13.5")]
    [InlineData("sum(x, 5) > 13.5 and sum(y, 5) > 9")]
    public async Task WhenApplied_RuleOnStoredSeries_NextPointIsJudgedWithTheFullWindow(string expr)
    {
        await StartAsync(stored: 10);
        _store.BeforeScan = _ => _release.Task;
        await _rules.PutAsync(new RuleConfig { Id = "hot", Name = "hot", Expr = expr }, default);
        var applied = _service.WhenAppliedAsync(default);
        _harness.Step();
        Assert.False(applied.IsCompleted);

        _release.SetResult();
        await _harness.StepUntilAsync(applied);
        var (x, _) = (Series("x"), Series("y"));
        _harness.Post((x, _harness.Now + 1, 2));
        _harness.Step();
        Assert.Empty(_alerts.List());
        _harness.Post((x, _harness.Now + 2, 6));
        _harness.Step();

        // Two each of the three that were stored, and the two new ones: 14.
        Assert.Equal((AlertState.Firing, 14.0), (Assert.Single(_alerts.List()).State, _alerts.List()[0].Value));
    }

    [Fact]
    public async Task WhenApplied_PastTakesTooLong_AnswersAllTheSame()
    {
        await StartAsync(stored: 10);
        _store.BeforeScan = _ => _release.Task;
        await _rules.PutAsync(new RuleConfig { Id = "hot", Name = "hot", Expr = "sum(x, 5) > 13" }, default);
        var applied = _service.WhenAppliedAsync(default);
        for (var i = 0; i < 100 && _store.OpenScans == 0; i++) await _harness.StepUntilAsync(_harness.Engine.FlushAsync(default));
        await _harness.StepUntilAsync(_harness.Engine.FlushAsync(default));
        Assert.False(applied.IsCompleted);

        // The wait may begin after any of these steps.
        var begun = TimeProvider.System.GetTimestamp();
        while (!applied.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), "The wait was not given up in 30 s.");
            _harness.Time.Advance(RuleService.MaxPastWait);
            _harness.Step();
            await Task.Yield();
        }

        await applied;

        // It is judged as soon as the past is there.
        _release.SetResult();
        await _harness.StepUntilAsync(_harness.Engine.WhenJudgedReadyAsync(default));
        _harness.Post((Series("x"), _harness.Now, 6));
        _harness.Step();
        Assert.Equal(14.0, Assert.Single(_alerts.List()).Value);
    }

    private async Task StartAsync(int stored)
    {
        for (var i = 0; i < stored; i++)
        {
            _store.Add(Series("x"), _harness.Now - ((stored - i) * TimeSpan.TicksPerSecond), 2);
            _store.Add(Series("y"), _harness.Now - ((stored - i) * TimeSpan.TicksPerSecond), 2);
        }

        await _harness.StepUntilAsync(_service.StartAsync(default));
    }

    private int Series(string name)
    {
        Assert.True(_catalog.TryIntern(new SeriesKey(name, []), out var series));
        return series;
    }
}
