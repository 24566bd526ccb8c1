using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Embedded;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Tests.Core;

/// <summary>The sample of docs/EMBEDDING.md runs: LiveDash as a library, without a web server.</summary>
public sealed class EmbeddingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Sample_Started_MeasuresSumsUpDetectsAndCallsBack()
    {
        using var directory = new TempDirectory();
        using var host = EmbeddedProgram.Build([$"--LiveDash:DataDirectory={directory.Path}", "--LiveDash:HostMetrics:Enabled=false", "--Sample:HeapLimit=1", "--Sample:IntervalMs=20"]);
        await host.StartAsync();

        var fired = await host.Services.GetRequiredService<HeapRule>().Fired.WaitAsync(s_patience);
        Assert.Equal((HeapSource.Series, AlertEventKind.Fired), (fired.Series.Name, fired.Kind));
        Assert.Equal("sample-heap", Assert.Single(host.Services.GetRequiredService<AlertBook>().List()).Rule.Id);
        var report = host.Services.GetServices<IHostedService>().OfType<HeapReport>().Single();
        var window = await report.First.WaitAsync(s_patience);
        Assert.True(window.Summary.Mean > 0 && window.Extras[0] >= window.Summary.Mean / 2, window.ToString());
        var catalog = host.Services.GetRequiredService<SeriesCatalog>();
        SeriesPattern.TryParse(StepDetector.Series + "{process=*}", out var scores);
        await Wait.UntilAsync(() => catalog.Match(scores!).Count == 1 && host.Services.GetRequiredService<LiveEngine>().TryReadLast(catalog.Match(scores!)[0], out _), "the detector's scores are a series");
        var accounts = host.Services.GetRequiredService<SourceRegistry>().Snapshot(0);
        Assert.Equal(["detector", "heap"], accounts.Where(static one => one.Kind == "sample").Select(static one => one.Name).Order());

        await host.StopAsync();
    }

    [Fact]
    public async Task CodeRule_ThatCannotBeRead_EndsTheStartAndSaysWhy()
    {
        using var rules = new RuleBook(new MemoryDocumentStore(), new Limits());
        using var alerts = new AlertBook(new MemoryDocumentStore(), TimeProvider.System);
        var own = new CodeRules(alerts, rules, [new WrongRule()], Microsoft.Extensions.Logging.Abstractions.NullLogger<CodeRules>.Instance);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => own.StartAsync(CancellationToken.None));

        Assert.StartsWith("WrongRule is no rule: ", fault.Message, StringComparison.Ordinal);
    }

    private sealed class WrongRule : CodeRule
    {
        public override LiveDash.Core.Rules.RuleConfig Config { get; } = new() { Id = "wrong", Name = "wrong", Expr = "mean(x) >" };
    }
}
