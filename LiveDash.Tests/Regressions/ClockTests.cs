using System.Text.Json;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Clock;
using LiveDash.Core.Model;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>A jump of the server's clock is noticed, told, and what was stamped meanwhile is marked; a leap second is a time.</summary>
public sealed class ClockTests
{
    private readonly ManualTime _time = new();
    private readonly SeriesCatalog _catalog = new(new Limits());

    [Theory]
    [InlineData(86_400, "ahead")]
    [InlineData(-3_600, "behind")]
    public async Task Step_ClockWrongForTwoSeconds_IsNoticedAndWhatWasStampedIsMarked(int seconds, string word)
    {
        _catalog.TryIntern(new SeriesKey("stamped", []), out var series);
        var watch = new ClockWatch(_time, _catalog);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(watch.Step());
        var before = _time.Ticks;
        _time.Set(TimeSpan.FromSeconds(seconds));
        // Before anybody has looked at the clock again.
        await PostAsync(watch, (series, _time.Ticks, 1), (series, before - TimeSpan.TicksPerDay * 3, 1));
        _time.Advance(TimeSpan.FromSeconds(2));
        await PostAsync(watch, (series, _time.Ticks, 2));
        Assert.True(watch.Jumps.Single().IsOpen);
        _time.Set(TimeSpan.FromSeconds(-seconds));
        Assert.True(watch.Step());
        await PostAsync(watch, (series, _time.Ticks, 3));

        var jump = watch.Jumps.Single();
        Assert.Equal((before, TimeSpan.FromSeconds(seconds).Ticks, 2L), (jump.At, jump.By, jump.Points));
        Assert.Equal(new ClockMark("stamped", 2), Assert.Single(jump.Series));
        Assert.NotNull(jump.To);
        Assert.Contains(word, ClockWords.Of(jump), StringComparison.Ordinal);
        Assert.Contains("2 points", ClockWords.Of(jump), StringComparison.Ordinal);
        Assert.True(watch.Dismiss(jump.Id));
        Assert.True(watch.Jumps.Single().IsDismissed);
    }

    [Fact]
    public void Step_SmallCorrections_AreNoJump()
    {
        var watch = new ClockWatch(_time, _catalog);
        for (var i = 0; i < 100; i++)
        {
            _time.Set(TimeSpan.FromMilliseconds(i % 3 == 0 ? -400 : 300));
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.False(watch.Step());
        }

        Assert.Empty(watch.Jumps);
    }

    [Fact]
    public void Step_ClockSetForGood_IsSettledAfterADay()
    {
        var watch = new ClockWatch(_time, _catalog);
        _time.Set(TimeSpan.FromHours(1));
        Assert.True(watch.Step());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(watch.Step());
        Assert.True(watch.Jumps.Single().IsSettled);
        _time.Set(TimeSpan.FromHours(-1));
        Assert.True(watch.Step());
        Assert.Equal(2, watch.Jumps.Count);
    }

    [Fact]
    public async Task App_ClockJumps_IsToldByTheApiAndOverARestart()
    {
        using var directory = new TempDirectory();
        var clock = new SteppedTime();
        string id;
        await using (var app = await LiveApp.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), directory.Path))
        {
            clock.Error = TimeSpan.FromDays(1);
            await app.PostAsync("""{"series":"wrong","value":1}""");
            clock.Error = TimeSpan.Zero;
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/clock")).Contains("\"over\"", StringComparison.Ordinal), "the clock is back");
            var jump = JsonDocument.Parse(await app.GetAsync("/api/clock")).RootElement.GetProperty("jumps")[0];
            Assert.Equal(1, jump.GetProperty("points").GetInt64());
            Assert.Equal("wrong", jump.GetProperty("series")[0].GetProperty("series").GetString());
            id = jump.GetProperty("id").GetString()!;
            Assert.Contains("was ahead by 1 d", await PageAsync(app), StringComparison.Ordinal);
        }

        await using var again = await LiveApp.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), directory.Path);
        Assert.Contains(id, await again.GetAsync("/api/clock"), StringComparison.Ordinal);
        using var gone = await again.Client.DeleteAsync(new Uri("/api/clock/" + id, UriKind.Relative));
        Assert.True(gone.IsSuccessStatusCode);
        Assert.DoesNotContain("was ahead by", await PageAsync(again), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500Z")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00Z")]
    public void TryParse_LeapSecond_IsTheNextSecond(string text, string same)
    {
        Assert.True(TimeText.TryParse(text, 0, out var ticks));
        Assert.Equal(same, TimeText.Format(ticks));
    }

    [Theory]
    [InlineData("2016-12-31T22:59:60Z")]
    [InlineData("2016-12-31T23:59:61Z")]
    [InlineData("9999-12-31T23:59:60Z")]
    public void TryParse_SixtiethSecondElsewhere_IsNoTime(string text) => Assert.False(TimeText.TryParse(text, 0, out _));

    private static async Task<string> PageAsync(LiveApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sources");
        request.Headers.Add("Accept", "text/html");
        using var answer = await app.Client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task PostAsync(ClockWatch watch, params (int Series, long Ticks, double Value)[] points)
    {
        var batch = EngineHarness.Batch(points);
        await watch.PostAsync(batch, default);
        batch.Release();
    }

    /// <summary>The system's clock with an error that a test sets.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Error { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Error;
    }
}
