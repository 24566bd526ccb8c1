using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Query;
using LiveDash.Web.Api.Windows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api.Reading;

/// <summary>Server-Sent Events of an expression.</summary>
public sealed class ExpressionStreamTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task Stream_ThatFailsInTheSameWayEachSecond_TellsItOnceAndSaysItIsStillHere()
    {
        var catalog = new SeriesCatalog(new Limits());
        var store = new MemoryPointStore();
        var time = new ManualTime();
        foreach (var name in (string[])["a{host=x,n=1}", "a{host=x,n=2}", "b{host=x,n=1}", "b{host=x,n=2}"])
        {
            Assert.True(SeriesKey.TryParse(name, out var key));
            Assert.True(catalog.TryIntern(key!, out var series));
            store.Add(series, time.GetUtcNow().UtcTicks, 1);
        }

        var queries = new LiveQueries(catalog, store, time);
        var places = fixture.App.Services.GetRequiredService<StreamPlaces>();
        using var left = new CancellationTokenSource();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = fixture.App.Services, RequestAborted = left.Token, Response = { Body = body } };
        var stream = new ExpressionStream(queries.Open(PromQuery.Parse("a + on (host) b"), new QueryLimits(), 10), time, places.TryTake("test", isStream: true, 0, out _)!).ExecuteAsync(context);
        await queries.StepAsync(default);
        await Wait.UntilAsync(() => Told(body).Contains("event: fault", StringComparison.Ordinal), "the fault is told");

        await Wait.UntilAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await queries.StepAsync(default);
                return Told(body).Contains(": still here", StringComparison.Ordinal);
            },
            "the stream says that it is still here");
        await left.CancelAsync();
        await stream;
        Assert.Equal(2, Told(body).Split("event: fault").Length);
    }

    private static string Told(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());
}
