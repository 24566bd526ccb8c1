using System.Net;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Simulation;

public sealed class OverloadTests
{
    private const int PointsPerBody = 5_000;

    [Fact]
    public async Task Post_StoreStands_IsRefusedInTimeAndAccountedForExactly()
    {
        var open = new TaskCompletionSource();
        var store = new MemoryPointStore { BeforeAppend = open.Task.WaitAsync };
        await using var app = await LiveApp.StartAsync(
            builder => builder.Services.UseMemoryStores(store), settings: "--LiveDash:Ingest:QueuePoints=65536");
        var body = string.Concat(Enumerable.Range(0, PointsPerBody).Select(static i => $"{{\"series\":\"flood\",\"t\":{i},\"value\":{i}}}\n"));
        var accepted = 0L;
        var refused = 0;
        while (refused == 0)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using var answer = await app.Client.PostAsync(new Uri("/api/points?ack=received", UriKind.Relative), content);
            if (answer.IsSuccessStatusCode)
            {
                accepted += PointsPerBody;
                Assert.True(accepted < 10_000_000, "a queue of 65,536 points took ten million");
                continue;
            }

            await ProblemAssert.IsAsync(answer, HttpStatusCode.TooManyRequests, "queue_full");
            Assert.NotNull(answer.Headers.RetryAfter);
            refused++;
        }

        open.SetResult();
        var registry = app.Services.GetRequiredService<SourceRegistry>();
        await Wait.UntilAsync(() => registry.Snapshot(0).All(static one => one.Waiting == 0), "the queue is empty");

        var source = Assert.Single(registry.Snapshot(0), static one => one.Kind == "http");
        Assert.Equal(source.Offered, source.Accepted + source.Rejected.Values.Sum() + source.Dropped.Values.Sum());
        Assert.True(source.Accepted >= accepted);
        Assert.Equal(source.Accepted, store.Count);
        using var again = new StringContent("""{"series":"flood","value":1}""");
        using var after = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), again);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
