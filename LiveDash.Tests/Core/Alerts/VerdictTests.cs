using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>The strangest moments, and what is said of them.</summary>
public sealed class VerdictTests
{
    [Fact]
    public async Task Find_TwoEventsInAMonth_AreTheStrangestAndApart()
    {
        var catalog = new SeriesCatalog(new Limits());
        Assert.True(catalog.TryIntern(new SeriesKey("x"), out var series));
        Assert.True(SeriesPattern.TryParse("x", out var pattern));
        var store = new MemoryPointStore();
        var step = 5 * TimeSpan.TicksPerMinute;
        var start = 1_000 * TimeSpan.TicksPerDay;
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++) store.Add(series, start + (i * step), (i is 3_000 or 3_001 ? 40 : i == 4_000 ? -30 : 10) + random.NextDouble());

        var found = await new StrangeMoments(store, catalog, LocalClock.Utc).FindAsync(pattern!, new TimeRange(start, start + (5_000 * step)), 10, default);

        Assert.Equal([3_000L, 4_000L], found.Take(2).Select(moment => (moment.At - start) / step).Order());
        Assert.StartsWith("seen lately", found[0].Reason, StringComparison.Ordinal);
        Assert.True(found.Count <= 10);
    }

    [Theory]
    [InlineData(Sensitivity.Low, 1.1, false, 1.2, false, 1.5, true)]
    [InlineData(Sensitivity.High, 0.8, true, 0.9, true, 1.5, true)]
    [InlineData(Sensitivity.Medium, 0.8, false, 1.1, true, 1.5, true)]
    public void Best_OfWhatWasSaid_HasTheFewestToldOtherwise(Sensitivity expected, double one, bool isOne, double two, bool isTwo, double three, bool isThree) =>
        Assert.Equal(expected, SensitivityChoice.Best([(one, isOne), (two, isTwo), (three, isThree)], Sensitivity.Medium));

    [Fact]
    public async Task Keep_SaidTwice_KeepsTheLastAndSurvivesARestart()
    {
        var documents = new MemoryDocumentStore();
        await new VerdictBook(documents).KeepAsync("rule", new Verdict("x", 1, 1.2, true), default);
        await new VerdictBook(documents).KeepAsync("rule", new Verdict("x", 2, 0.8, false), default);
        await new VerdictBook(documents).KeepAsync("rule", new Verdict("x", 1, 1.2, false), default);

        Assert.Equal([(2L, false), (1L, false)], (await new VerdictBook(documents).ReadAsync("rule", default)).Select(static one => (one.At, one.IsStrange)));
        Assert.Empty(await new VerdictBook(documents).ReadAsync("other", default));
    }
}
