using System.Globalization;
using Bunit;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Pages;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Web.Components;

/// <summary>Up to how many series the page Anomalies looks at all of them by itself.</summary>
public sealed class AnomaliesPageTests : BunitContext
{
    private readonly SeriesCatalog _catalog = new(new Limits());
    private LiveEngine? _engine;

    [Fact]
    public void Page_OfOneSeriesMoreThanTwentyThousand_IsOffAndTellsWhatItWouldCost()
    {
        var page = Show(20_001);

        var notice = page.Find(".notice");
        Assert.Contains("20,001 series are more than LiveDash:Detection:WatchSeries, 20,000.", notice.TextContent, StringComparison.Ordinal);
        Assert.Contains($"about {AnomalyBoard.Cost(20_001, 96)} of memory", notice.TextContent, StringComparison.Ordinal);
        Assert.InRange(int.Parse(AnomalyBoard.Cost(20_001, 96).Split(' ')[0], CultureInfo.InvariantCulture), 100, 400);
        Assert.Equal("Watch all", notice.QuerySelector("button")!.TextContent);
        Assert.Equal(0, Detectors());
    }

    [Fact]
    public void Page_OfTwentyThousandSeries_WatchesAllByItself()
    {
        var page = Show(20_000);

        Assert.Empty(page.FindAll(".notice"));
        Assert.Equal(20_000, Detectors());
        Assert.Contains(AnomalyBoard.Cost(20_000, 96), page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    private int Detectors()
    {
        foreach (var shard in _engine!.Shards)
        {
            while (shard.Step(DateTimeOffset.UnixEpoch.UtcTicks))
            {
            }
        }

        return _engine.Detectors;
    }

    private IRenderedComponent<AnomaliesPage> Show(int series)
    {
        for (var i = 0; i < series; i++) Assert.True(_catalog.TryIntern(new SeriesKey("s" + i.ToString(CultureInfo.InvariantCulture)), out _));
        var time = new ManualTime();
        _engine = new LiveEngine(new EngineOptions { Shards = 1 }, time, NullLogger<LiveEngine>.Instance);
        Services.AddSingleton(_engine);
        Services.AddSingleton(_catalog);
        Services.AddSingleton(new DetectionOptions());
        Services.AddSingleton<TimeProvider>(time);
        Services.AddScoped(services => new ViewTime(services.GetRequiredService<NavigationManager>(), time));
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<AnomaliesPage>();
    }
}
