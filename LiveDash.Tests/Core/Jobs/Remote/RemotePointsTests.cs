using System.Net;
using System.Net.Sockets;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>A worker's reading of a server's points: as Apache Arrow, whole whatever the line does, and with a key where the server wants one.</summary>
public sealed class RemotePointsTests
{
    private const long Start = 1_793_000_000_000;
    private const int Count = 20_000;
    private const string Key = "a key of more than sixteen";
    private static readonly PlotSeries[] s_series = [new(4, Named("a"), 0), new(9, Named("b"), 1)];
    private static readonly TimeRange s_range = new(Ticks(0), Ticks(Count));

    [Fact]
    public async Task Scan_LineCutAgainAndAgain_GivesEveryPointOnceAndInOrder()
    {
        // Within the schema, within the first batch, at its end, and later ones; each answer loses some of what is on its way, too.
        var cuts = new Queue<int>([0, 8, 200, 1_000, 30_000, 100_000, 131_072, 200_001, 300_000]);
        var asked = new List<string>();
        await using var app = await StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Cutter(cuts, asked)));
        using var points = new RemotePoints(app.Address, null) { Pause = TimeSpan.Zero };

        var found = Read(points, locatedOnly: false);

        Assert.Equal(Enumerable.Range(0, Count).Select(static i => (Number(i), Ticks(i), i + 0.25, double.NaN)), found);
        Assert.Empty(cuts);
        Assert.True(asked.Count > 9, $"It was cut 9 times and asked {asked.Count} times.");
        Assert.All(asked, static accept => Assert.Equal("application/vnd.apache.arrow.stream", accept));
    }

    [Fact]
    public async Task Scan_CutAgainWithoutAPoint_GivesUpAtLast()
    {
        await using var app = await StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Cutter(new Queue<int>(Enumerable.Repeat(0, 100)), [])));
        using var points = new RemotePoints(app.Address, null) { Pause = TimeSpan.Zero };

        Assert.ThrowsAny<Exception>(() => Read(points, locatedOnly: false));
    }

    [Fact]
    public async Task Scan_CancelledInTheMiddleOfARead_IsCancelledAndNoFault()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var points = new RemotePoints(new Uri($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}"), null) { Pause = TimeSpan.Zero };
        using var cancel = new CancellationTokenSource();
        var reading = Task.Run(() => points.Scan(s_series, s_range, locatedOnly: false, static _ => { }, cancel.Token));
        using var line = await server.AcceptSocketAsync();
        await line.ReceiveAsync(new byte[4096]);
        // A batch begins, and no more comes.
        await line.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apache.arrow.stream\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n"u8.ToArray());

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Scan_LocatedOnly_GivesPlaces()
    {
        await using var app = await StartAsync();
        using var points = new RemotePoints(app.Address, null);

        var found = Read(points, locatedOnly: true).Where(static p => !double.IsNaN(p.X)).ToList();

        Assert.Equal(Count / 5, found.Count);
        Assert.All(found, static p => Assert.Equal(p.Value, p.X + 0.25));
    }

    [Fact]
    public async Task Scan_ServerWantsAKey_GivesPointsToWorkersThatHaveIt()
    {
        await using var app = await StartAsync(null, $"--LiveDash:Jobs:WorkerKey={Key}");
        using var without = new RemotePoints(app.Address, null);
        using var wrong = new RemotePoints(app.Address, Key + "x");
        using var right = new RemotePoints(app.Address, Key);

        Assert.Contains("--key", Assert.Throws<PlotException>(() => Read(without, false)).Message, StringComparison.Ordinal);
        Assert.Throws<PlotException>(() => Read(wrong, false));
        Assert.Equal(Count, Read(right, false).Count);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, worker: true, null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, worker: true, Key));
        // Pages are no workers.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, worker: false, null));
    }

    [Fact]
    public async Task Get_WorkerWithoutItsKey_IsToldWhichSetting()
    {
        await using var app = await StartAsync(null, $"--LiveDash:Jobs:WorkerKey={Key}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/points?series=load");
        request.Headers.Add("X-LiveDash-Worker", "m");
        using var answer = await app.Client.SendAsync(request);

        Assert.Contains("LiveDash:Jobs:WorkerKey", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(LiveApp app, bool worker, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/points?series=load%7Bhost=a%7D&limit=1");
        if (worker) request.Headers.Add("X-LiveDash-Worker", "m");
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        using var answer = await app.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static List<(int Series, long Ticks, double Value, double X)> Read(RemotePoints points, bool locatedOnly)
    {
        var found = new List<(int, long, double, double)>();
        points.Scan(s_series, s_range, locatedOnly, Take, default);
        return found;

        void Take(PointBlock block)
        {
            for (var i = 0; i < block.Count; i++) found.Add((block.Series.Span[i], block.Times.Span[i], block.Values.Span[i], block.X.IsEmpty ? double.NaN : block.X.Span[i]));
        }
    }

    private static async Task<LiveApp> StartAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var app = await LiveApp.StartAsync(configure, null, null, settings);
        await app.PostAsync(Enumerable.Range(0, Count).Select(static i =>
            $$"""{"series":"load","tags":{"host":"{{(i % 3 == 0 ? 'a' : 'b')}}"},"t":{{Start + i}},"value":{{i}}.25{{(i % 5 == 0 ? $",\"pt\":[{i},1]" : "")}}}"""));
        return app;
    }

    private static SeriesKey Named(string host) => new("load", [new("host", host)]);

    private static int Number(int i) => i % 3 == 0 ? 4 : 9;

    private static long Ticks(int i) => DateTime.UnixEpoch.Ticks + ((Start + i) * TimeSpan.TicksPerMillisecond);

    /// <summary>Cuts the answers to workers after so many bytes each, until there are no cuts left.</summary>
    private sealed class Cutter(Queue<int> cuts, List<string> asked) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, go) =>
            {
                if (!context.Request.Headers.ContainsKey("X-LiveDash-Worker"))
                {
                    await go(context);
                    return;
                }

                asked.Add(context.Request.Headers.Accept.ToString());
                if (cuts.TryDequeue(out var after)) context.Response.Body = new CutStream(context, after);
                await go(context);
            });
            next(app);
        };
    }
}
