using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules that look at several series at once: those of a tag value together, and each beside its peers.</summary>
public sealed class GroupRuleTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;

    [Fact]
    public async Task AnomalyByHost_EventOnManySeriesOfAHost_IsOneAlertThatNamesThem()
    {
        var result = await PreviewAsync("anomaly(by host)", 900, static (host, name, i, noise) => host == "b" && name > 0 && i is >= 800 and < 803 ? 60 : 10 + noise);

        var episode = Assert.Single(result.Episodes);
        Assert.Equal("anomaly{host=b}", episode.Series);
        Assert.InRange((episode.From - Start) / s_step, 800, 802);
        Assert.Contains("s1{host=b} (seen lately ", episode.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnomalyByHost_OneSeriesOfManyStrange_IsNone() =>
        Assert.Empty((await PreviewAsync("anomaly(by host)", 900, static (host, name, i, noise) => host == "b" && name == 1 && i == 800 ? 60 : 10 + noise)).Episodes);

    [Fact]
    public async Task Outlier_HostFarFromItsFleet_IsNamedWithItsPeers()
    {
        var result = await PreviewAsync("outlier(s0{host=*}, 30m)", 250, static (host, _, i, noise) => host == "c" && i >= 150 ? 30 : 10 + noise, ["a", "b", "c", "d", "e", "f"]);

        var episode = Assert.Single(result.Episodes);
        Assert.Equal("s0{host=c}", episode.Series);
        Assert.Contains("its 5 peers are about 1", episode.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlier_FewerThanFive_DecidesNothing() =>
        Assert.Empty((await PreviewAsync("outlier(s0{host=*}, 30m)", 100, static (host, _, i, noise) => host == "b" && i >= 50 ? 90 : 10 + noise)).Episodes);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void AnomalyByHost_OverShards_JudgesASeriesThatComesLaterToo(int shards, bool fires)
    {
        var run = new JudgeHarness(shards);
        run.Series("s0{host=a}");
        run.Configure(0, JudgeHarness.Rule("anomaly(by host)"));
        for (var i = 1; i < 50; i++)
        {
            run.Point(i, 10, "s0{host=a}").Point(i, 10, "s1{host=a}").Point(i, 1, "s1{host=b}").Tick(i);
        }

        Assert.Equal(fires, run.Story.Contains("Fired", StringComparison.Ordinal));
        Assert.Equal(2, run.States["hot"].Instances);
    }

    [Theory]
    [InlineData("anomaly(by host)")]
    [InlineData("anomaly(cpu.* by host, low) for 5m")]
    [InlineData("outlier(cpu.load{host=*}, 5m) > 5")]
    [InlineData("forecast(cpu.load, 1h) > 80")]
    [InlineData("forecast_high(disk.used, 1d) >= 95")]
    [InlineData("time_to(disk.used, 100) < 4d")]
    public void Parse_CanonicalText_ComesBackUnchanged(string text) =>
        Assert.Equal(text, RuleExpression.Parse(text).ToString().Replace("cpu.*{host=*} by host", "cpu.* by host", StringComparison.Ordinal));

    [Theory]
    [InlineData("anomaly(by host) and mean(x, 1m) > 5", "stands alone")]
    [InlineData("anomaly(x by a b)", "tag")]
    [InlineData("outlier(x{host=*}, 5m) < 5", "further")]
    [InlineData("time_to(x, 100) < 5", "such as")]
    [InlineData("forecast(x, 500) > 5", "duration")]
    public void Parse_Faulty_SaysWhatWouldBeRight(string text, string about)
    {
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.Contains(about, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Distance_OneFarFromFive_IsInRobustDeviations()
    {
        var peers = new PeerGroup(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 5; i++) Assert.Equal(double.NaN, peers.Distance(i, i, 1));

        // Not before it has seen them for twelve windows.
        var later = TimeSpan.TicksPerHour + 1;
        for (var i = 0; i < 5; i++) peers.Distance(i, i, later - 1);
        Assert.Equal((100 - 2) / 1.4826, peers.Distance(5, 100, later), 6);
    }

    private static long Start => JudgeHarness.Start - (JudgeHarness.Start % s_step);

    private static Task<PreviewResult> PreviewAsync(string expr, int points, Func<string, int, int, double, double> value, string[]? hosts = null)
    {
        var catalog = new SeriesCatalog(new Limits());
        var store = new MemoryPointStore();
        var random = new Random(1);
        var all = (hosts ?? ["a", "b"]).SelectMany(host => Enumerable.Range(0, hosts is null ? 4 : 1).Select(name => (Host: host, Name: name))).ToList();
        for (var i = 0; i < points; i++)
        {
            foreach (var (host, name) in all)
            {
                Assert.True(catalog.TryIntern(new SeriesKey($"s{name}", [new("host", host)]), out var series));
                store.Add(series, Start + (i * s_step), value(host, name, i, random.NextDouble()));
            }
        }

        var end = Start + (points * s_step);
        return new RulePreview(store, catalog, new Limits(), new ManualTime(new DateTimeOffset(end, TimeSpan.Zero)))
            .RunAsync(JudgeHarness.Rule(expr), new TimeRange(Start, end), default);
    }
}
