using System.Net;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Api.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>Twenty readers of a thousand series that stalled held a gigabyte, two hundred kept the program from ending for 20 s: what readings hold together is bounded, and told.</summary>
public sealed class ReadingBoundTests
{
    [Fact]
    public void TryTake_AsMuchAsThereMayBe_RefusesTheNextUntilOneEnds()
    {
        var room = new ReadingRoom(new Limits { MaxReadingBytes = 200L * ReadingRoom.BytesPerSeries });
        using var first = room.TryTake(150);
        Assert.NotNull(first);
        Assert.Null(room.TryTake(51));
        using var few = room.TryTake(ReadingRoom.Few);
        Assert.NotNull(few);
        first.Dispose();
        first.Dispose();
        using var alone = room.TryTake(50_000);
        Assert.NotNull(alone);
        Assert.Null(room.TryTake(17));
    }

    [Fact]
    public async Task Points_WhileReadingsHoldAll_Are503AndToldAndComeBack()
    {
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Limits:MaxReadingBytes=1000000");
        await app.PostAsync(string.Join('\n', Enumerable.Range(0, 40).Select(static i => $$"""{"series":"many","tags":{"i":"{{i}}"},"value":1}""")));
        var room = app.Services.GetRequiredService<ReadingRoom>();
        using (room.TryTake(1_000))
        {
            using var refused = await app.Client.GetAsync(new Uri("/api/points?series=many%7Bi=*%7D", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("LiveDash:Limits:MaxReadingBytes", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("many", await app.GetAsync("/api/points?series=many%7Bi=1%7D"), StringComparison.Ordinal);
        }

        // Each gives back what it took.
        for (var i = 0; i < 3; i++) Assert.Equal(40, (await app.GetAsync("/api/points?series=many%7Bi=*%7D")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        using var own = room.TryTake(1_000);
        Assert.NotNull(own);
    }
}
