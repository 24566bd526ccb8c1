using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

public sealed class WindowStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private LiveApp _app = null!;

    public async Task InitializeAsync() => _app = await LiveApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Stream_Opened_TellsTheStateAndThenEveryChange()
    {
        await PostAsync("live", 1);
        await using var events = await OpenAsync("series=live&window=100&maxRate=1000");
        Assert.Equal(1, (await events.NextAsync()).GetProperty("count").GetInt64());

        for (var i = 2; i <= 5; i++)
        {
            await PostAsync("live", i);
            var change = await events.UntilAsync(one => one.GetProperty("count").GetInt64() == i);
            Assert.Equal(i, change.GetProperty("last").GetDouble());
            Assert.Equal("100", change.GetProperty("window").GetString());
        }
    }

    [Fact]
    public async Task Stream_Wildcard_JoinsSeriesThatComeLater()
    {
        await using var events = await OpenAsync("series=join.*&window=10&maxRate=1000");

        await PostAsync("join.a", 1);
        Assert.Equal("join.a", (await events.NextAsync()).GetProperty("series").GetString());
        await PostAsync("join.b", 2);

        await events.UntilAsync(static one => one.GetProperty("series").GetString() == "join.b");
    }

    [Fact]
    public async Task Stream_ManyPointsAtALowRate_AreOneEvent()
    {
        await PostAsync("calm", 0);
        await using var events = await OpenAsync("series=calm&window=1000&maxRate=0.001");
        Assert.Equal(1, (await events.NextAsync()).GetProperty("count").GetInt64());

        for (var i = 0; i < 20; i++) await PostAsync("calm", i);

        // The next event is 1,000 s away: nothing may have come until these answers are in.
        Assert.Equal(21, JsonDocument.Parse(await _app.GetAsync("/api/windows?series=calm&window=1000")).RootElement.GetProperty("count").GetInt64());
        Assert.False(events.HasNext);
    }

    [Fact]
    public async Task Stream_ReaderGoesAway_GivesItsWindowsBack()
    {
        await PostAsync("gone", 1);
        var engine = _app.Services.GetRequiredService<LiveEngine>();
        var before = engine.Status.Windows;
        var places = _app.Services.GetRequiredService<StreamPlaces>();
        var events = await OpenAsync("series=gone&window=77");
        await events.NextAsync();
        Assert.Equal(1, places.Taken);
        Assert.Equal(before + 1, engine.Status.Windows);

        await events.DisposeAsync();

        await Wait.UntilAsync(() => places.Taken == 0, "the stream's place is given back");
        await Wait.UntilAsync(() => engine.Status.Windows == before, "the stream's window is given back");
    }

    [Fact]
    public async Task Stream_TenAtOnce_AllHear()
    {
        await PostAsync("ten", 0);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync("series=ten&window=100&maxRate=1000")));
        foreach (var events in all) await events.NextAsync();

        await PostAsync("ten", 42);

        foreach (var events in all) await events.UntilAsync(static one => one.GetProperty("last").GetDouble() == 42);
        foreach (var events in all) await events.DisposeAsync();
    }

    [Fact]
    public async Task Stream_MoreThanThereMayBe_IsRefused()
    {
        var places = _app.Services.GetRequiredService<StreamPlaces>();
        var taken = Enumerable.Range(0, new LiveDash.Core.Model.Limits().MaxStreams).Select(i => places.TryTake($"{i}", isStream: true, 0, out _)).ToList();

        using var answer = await _app.Client.GetAsync(new Uri("/api/stream?series=a", UriKind.Relative));

        await ProblemAssert.IsAsync(answer, System.Net.HttpStatusCode.ServiceUnavailable, "too_many_windows");
        taken.ForEach(static place => place!.Dispose());
        Assert.Equal(0, places.Taken);
    }

    [Fact]
    public async Task Stop_StreamOpen_EndsIt()
    {
        await PostAsync("stop", 1);
        await using var events = await OpenAsync("series=stop&window=10");
        await events.NextAsync();

        await _app.DisposeAsync().AsTask().WaitAsync(s_patience);
    }

    private Task PostAsync(string series, double value) => _app.PostAsync($$"""{"series":"{{series}}","value":{{value}}}""");

    private Task<EventReader> OpenAsync(string query) => EventReader.OpenAsync(_app, "/api/stream?" + query);
}
