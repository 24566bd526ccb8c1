using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Core.Jobs;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Simulation;

/// <summary>More jobs than may wait, over HTTP: the queue is bounded, says so, and lets another user in and first.</summary>
public sealed class PlotFloodTests
{
    private const int Jobs = 1_000;
    private const int MayWait = 800;

    [Fact]
    public async Task Submit_AThousandJobs_BoundedFairAndAllThatWereTakenAreDone()
    {
        var open = new TaskCompletionSource();
        var store = new MemoryPointStore { BeforeScan = open.Task.WaitAsync };
        await using var app = await LiveApp.StartAsync(
            builder => builder.Services.UseMemoryStores(store), settings: [$"--LiveDash:Limits:MaxQueuedJobs={MayWait}", "--LiveDash:Jobs:Workers=1"]);
        await app.PostAsync("""{"series":"flood.load","t":"2010-01-01T00:00:00Z","value":1}""", """{"series":"flood.load","t":"2010-06-01T00:00:00Z","value":2}""");
        var book = app.Services.GetRequiredService<JobBook>();
        // One job is in the worker's hands, so that the rest wait.
        using (var first = await SubmitAsync(app.Client)) Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await Wait.UntilAsync(() => book.Waiting == 0, "the worker holds the first job");

        var answers = new List<HttpResponseMessage>();
        foreach (var some in Enumerable.Range(1, Jobs - 1).Chunk(50)) answers.AddRange(await Task.WhenAll(some.Select(_ => SubmitAsync(app.Client))));

        Assert.Equal(MayWait, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        var refused = answers.Where(static a => a.StatusCode != HttpStatusCode.OK).ToList();
        Assert.Equal(Jobs - 1 - MayWait, refused.Count);
        Assert.All(refused, static a => Assert.NotNull(a.Headers.RetryAfter));
        var problem = await ProblemAssert.IsAsync(refused[0], HttpStatusCode.TooManyRequests, "queue_full");
        Assert.Contains("LiveDash:Limits:MaxQueuedJobs", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(MayWait, book.Waiting);

        var other = await SubmitAsAnotherUserAsync(app);
        open.SetResult();
        await Wait.UntilAsync(() => book.List().All(static job => job.IsFinished), "all jobs are done");

        var otherBegan = book.Find(other)!.StartedAt;
        var before = book.List().Count(job => job.StartedAt < otherBegan);
        Assert.True(before <= 3, $"{before} jobs began before that of the other user");
        Assert.Equal(MayWait + 2, book.List().Count);
        Assert.All(book.List(), static job => Assert.Equal((JobStatus.Done, 1), (job.Status, job.Attempts)));
        Assert.Single(book.List().Select(static job => job.Image).Distinct());
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client)
    {
        using var body = new StringContent("""{"series":"flood.load","start":"2010","end":"2010","width":200,"height":100}""", Encoding.UTF8, "application/json");
        return await client.PostAsync("/submit", body);
    }

    // Who is not signed in is told apart by address. Linux answers on all of 127/8; elsewhere the queue is asked directly.
    private static async Task<string> SubmitAsAnotherUserAsync(LiveApp app)
    {
        if (!OperatingSystem.IsLinux())
        {
            var request = new JobRequest { Series = ["flood.load"], Start = "2010", End = "2010", Plot = new() { Width = 200, Height = 100 } };
            return (await app.Services.GetRequiredService<JobService>().SubmitAsync(request, "another", null, default)).Id;
        }

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = static async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = app.Address };
        using var answer = await SubmitAsync(client);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text.Split(' ')[1];
    }
}
