using System.Net;
using LiveDash.Core.Engine;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>Event streams and window queries hold so much and no more, by client and in all, say which bound was hit, and give their memory back.</summary>
public sealed class WindowBoundTests
{
    private static readonly string[] s_tight =
        ["--LiveDash:Limits:MaxStreams=4", "--LiveDash:Limits:MaxStreamsPerClient=3", "--LiveDash:Limits:MaxWindows=40", "--LiveDash:Limits:MaxWindowsPerClient=25"];

    [Fact]
    public async Task Stream_MoreThanAClientMayHave_IsRefusedByItsSettingAndOthersGoOn()
    {
        await using var app = await LiveApp.StartAsync(settings: s_tight);
        await app.PostAsync(Enumerable.Range(0, 10).Select(static i => $$"""{"series":"s{{i}}","value":1}"""));
        var places = app.Services.GetRequiredService<StreamPlaces>();
        var one = await EventReader.OpenAsync(app, "/api/stream?series=s*&window=100");
        var two = await EventReader.OpenAsync(app, "/api/stream?series=s*&window=101");
        using (var many = await app.Client.GetAsync(new Uri("/api/stream?series=s*&window=102", UriKind.Relative)))
        {
            var problem = await ProblemAssert.IsAsync(many, HttpStatusCode.ServiceUnavailable, "too_many_windows");
            Assert.Contains("MaxWindowsPerClient", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        using (var query = await app.Client.GetAsync(new Uri("/api/windows?series=s*&window=103", UriKind.Relative)))
        {
            await ProblemAssert.IsAsync(query, HttpStatusCode.ServiceUnavailable, "too_many_windows");
        }

        var three = await EventReader.OpenAsync(app, "/api/stream?series=s1&window=100");
        using (var fourth = await app.Client.GetAsync(new Uri("/api/stream?series=s1&window=100", UriKind.Relative)))
        {
            var problem = await ProblemAssert.IsAsync(fourth, HttpStatusCode.ServiceUnavailable, "too_many_windows");
            Assert.Contains("MaxStreamsPerClient", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.NotNull(places.TryTake("another", isStream: true, 15, out _));
        Assert.Null(places.TryTake("a third", isStream: true, 1, out var refusal));
        Assert.Contains("MaxStreams)", refusal, StringComparison.Ordinal);
        Assert.Null(places.TryTake("another", isStream: false, 10, out refusal));
        Assert.Contains("MaxWindows)", refusal, StringComparison.Ordinal);
        Assert.True(places.Refused >= 5);
        foreach (var events in new[] { one, two, three }) await events.DisposeAsync();
        await Wait.UntilAsync(() => places is { Taken: 1, Windows: 15 }, "what the client held is given back");
    }

    [Fact]
    public async Task Stream_SeriesThatJoinPastTheBound_AreToldOnce()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Limits:MaxWindowsPerClient=2"]);
        await app.PostAsync("""{"series":"j0","value":1}""");
        await using var events = await EventReader.OpenAsync(app, "/api/stream?series=j*&window=10&maxRate=1000");
        await app.PostAsync(Enumerable.Range(1, 5).Select(static i => $$"""{"series":"j{{i}}","value":1}"""));
        var limit = await events.UntilAsync(static one => one.TryGetProperty("code", out _));
        Assert.Contains("MaxWindowsPerClient", limit.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, app.Services.GetRequiredService<StreamPlaces>().Windows);
    }

    [Fact]
    public async Task Windows_HoldMoreBytesThanTheyMay_NoMoreAreGiven()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Limits:MaxWindowBytes=20000"]);
        await using var events = await EventReader.OpenAsync(app, "/api/stream?series=fat&window=100000");
        await app.PostAsync(Enumerable.Range(0, 5_000).Select(static i => $$"""{"series":"fat","value":{{i}}}"""));
        await Wait.UntilAsync(() => app.Services.GetRequiredService<LiveEngine>().WindowBytes > 20_000, "the points are counted");
        using var more = await app.Client.GetAsync(new Uri("/api/stream?series=fat&window=7", UriKind.Relative));
        var problem = await ProblemAssert.IsAsync(more, HttpStatusCode.ServiceUnavailable, "too_many_windows");
        Assert.Contains("MaxWindowBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ManyWindowsGivenBack_NothingOfThemStays()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(Enumerable.Range(0, 500).Select(static i => $$"""{"series":"m{{i}}","value":1}"""));
        var engine = app.Services.GetRequiredService<LiveEngine>();
        var before = engine.Status.Windows;
        var windows = await LeaseAsync(app, engine, before);
        await Wait.UntilAsync(() => engine.Status.Windows == before, "the windows are dropped");
        await engine.FlushAsync(default);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, windows.Count(static window => window.IsAlive));
    }

    // Apart, so that no local of the test holds a window.
    private static async Task<List<WeakReference>> LeaseAsync(LiveApp app, LiveEngine engine, int before)
    {
        var events = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => EventReader.OpenAsync(app, $"/api/stream?series=m*&window={100 + i}")));
        await Wait.UntilAsync(() => engine.Status.Windows == before + 4_000, "each stream has its own");
        var windows = engine.Shards.SelectMany(static shard => shard.States.Active).SelectMany(static state => state.Logs).SelectMany(static log => log.Cells)
            .Select(static cell => new WeakReference(cell)).ToList();
        foreach (var one in events) await one.DisposeAsync();
        return windows;
    }
}
