using System.Net;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public sealed class WindowReadTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly LiveApp _app = fixture.App;

    [Fact]
    public async Task Windows_ExactSeries_IsAnObjectWithEveryAggregate()
    {
        await _app.PostAsync(Enumerable.Range(1, 10).Select(static i => Point("exact", i, i)));

        var window = await JsonAsync("/api/windows?series=exact&window=4");

        Assert.Equal("exact", window.GetProperty("series").GetString());
        Assert.Equal("4", window.GetProperty("window").GetString());
        Assert.Equal(4, window.GetProperty("count").GetInt64());
        Assert.Equal(34, window.GetProperty("sum").GetDouble());
        Assert.Equal(8.5, window.GetProperty("mean").GetDouble());
        Assert.Equal(Math.Sqrt(1.25), window.GetProperty("std").GetDouble(), 12);
        Assert.Equal(7, window.GetProperty("min").GetDouble());
        Assert.Equal(10, window.GetProperty("max").GetDouble());
        Assert.Equal(7, window.GetProperty("first").GetDouble());
        Assert.Equal(10, window.GetProperty("last").GetDouble());
        Assert.Equal(1, window.GetProperty("slope").GetDouble(), 9);
        Assert.Equal(8.5, window.GetProperty("p50").GetDouble(), 1);
        Assert.True(window.GetProperty("p99").GetDouble() > 9);
        Assert.EndsWith("Z", window.GetProperty("asOf").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_Wildcard_IsAnArray()
    {
        await _app.PostAsync(Tagged("a", 1), Tagged("b", 2));

        var all = await JsonAsync("/api/windows?series=wild*&window=10");
        var one = await JsonAsync("/api/windows?series=wild&tag=host=b&window=10");
        var none = await JsonAsync("/api/windows?series=no.such*");

        Assert.Equal(["a", "b"], all.EnumerateArray().Select(static w => w.GetProperty("tags").GetProperty("host").GetString()));
        Assert.Equal(2, Assert.Single(one.EnumerateArray()).GetProperty("mean").GetDouble());
        Assert.Empty(none.EnumerateArray());

        static string Tagged(string host, double value) =>
            $$"""{"series":"wild","tags":{"host":"{{host}}"},"t":"2026-11-21T09:00:00Z","value":{{value}}}""";
    }

    [Fact]
    public async Task Windows_NoWindowNamed_TakesThatOfTheSettings()
    {
        await _app.PostAsync(Point("settled", 1, 5));

        Assert.Equal("500", (await JsonAsync("/api/windows?series=settled")).GetProperty("window").GetString());
    }

    [Fact]
    public async Task Windows_MoreAggregates_StandUnderTheirNames()
    {
        await _app.PostAsync(Point("more", 1, 5), Point("more", 2, 15));

        var window = await JsonAsync("/api/windows?series=more&window=10&aggregates=" + Uri.EscapeDataString("p95, range,mean, above 10"));

        Assert.Equal(10, window.GetProperty("range").GetDouble());
        Assert.Equal(5, window.GetProperty("p95").GetDouble() > 10 ? 5 : 0);
        Assert.True(window.TryGetProperty("above 10", out _));
        Assert.Single(window.EnumerateObject(), static member => member.Name == "mean");
    }

    [Fact]
    public async Task Windows_EmptyTimeWindow_HasNoMean()
    {
        await _app.PostAsync("""{"series":"old","t":"2020-01-01T00:00:00Z","value":1}""");

        var window = await JsonAsync("/api/windows?series=old&window=1s");

        Assert.Contains(window.GetProperty("count").GetInt64(), new long[] { 0, 1 });
        Assert.Equal(window.GetProperty("count").GetInt64() == 0, window.GetProperty("mean").ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [InlineData("/api/windows", "series")]
    [InlineData("/api/windows?series=a{b", "series")]
    [InlineData("/api/windows?series=a&tag=b", "tag")]
    [InlineData("/api/windows?series=a&window=often", "window")]
    [InlineData("/api/windows?series=a&window=0", "window")]
    [InlineData("/api/windows?series=a&aggregates=colour", "aggregates")]
    [InlineData("/api/stream", "series")]
    [InlineData("/api/stream?series=a&window=often", "window")]
    [InlineData("/api/stream?series=a&maxRate=0", "maxRate")]
    [InlineData("/api/stream?series=a&maxRate=fast", "maxRate")]
    [InlineData("/api/stream?series=a&maxRate=1001", "maxRate")]
    public async Task Read_BadParameter_IsNamed(string path, string parameter)
    {
        using var answer = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));

        await ProblemAssert.NamesParameterAsync(answer, parameter);
    }

    [Fact]
    public async Task Windows_UnknownSeries_IsNotFound()
    {
        using var answer = await _app.Client.GetAsync(new Uri("/api/windows?series=no.such", UriKind.Relative));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.NotFound, "unknown_series");
    }

    private static string Point(string series, int second, double value) =>
        $$"""{"series":"{{series}}","t":"2026-11-21T09:00:{{second:00}}Z","value":{{value}}}""";

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await _app.GetAsync(path)).RootElement;
}
