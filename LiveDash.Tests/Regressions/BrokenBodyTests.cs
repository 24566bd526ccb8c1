using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Regressions;

/// <summary>Bodies that are damaged, broken off or slow: the sender's fault is told as that, in one line, and nothing waits for ever.</summary>
public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData("/api/points")]
    [InlineData("/write")]
    [InlineData("/api/rules")]
    [InlineData("/api/rules/import")]
    [InlineData("/api/points/query")]
    public async Task Post_BadBrotli_Is400(string path)
    {
        await using var app = await LiveApp.StartAsync();
        using var good = new MemoryStream();
        await using (var brotli = new BrotliStream(good, CompressionLevel.Fastest, leaveOpen: true)) await brotli.WriteAsync(Encoding.UTF8.GetBytes(new string('x', 2_000)));
        foreach (var bytes in new[] { [0xff, 0xff, 0xff, 0xff, 1, 2, 3], good.ToArray()[..^3], Encoding.UTF8.GetBytes("{\"series\":\"a\",\"value\":1}") })
        {
            using var body = new ByteArrayContent(bytes) { Headers = { { "Content-Encoding", "br" }, { "Content-Type", "text/plain" } } };
            using var answer = await app.Client.PostAsync(new Uri(path, UriKind.Relative), body);
            Assert.True((int)answer.StatusCode is 400 or 422, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Theory]
    [InlineData("/api/points")]
    [InlineData("/write")]
    [InlineData("/api/import?format=csv&series=a")]
    [InlineData("/api/rules")]
    [InlineData("/submit")]
    public async Task Post_BadChunkSize_Is400(string path)
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var size in new[] { "zz", "-1", "ffffffffffffffff" })
        {
            var answer = await SendAsync(app, $"POST {path} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\nhello\r\n0\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_BrokenOff_IsOneLineAndACountAndWhatCameIsKept()
    {
        using var log = new LogCapture();
        await using var app = await LiveApp.StartAsync(builder => builder.Logging.AddProvider(log));
        for (var i = 0; i < 20; i++)
        {
            foreach (var path in new[] { "/api/points", "/write", "/api/rules", "/api/import?format=csv&series=a" })
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, app.Address.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST {path} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n{{\"series\":\"broken\",\"value\":1}}\n{{\"ser"));
                // Half of them say that they end, the other half just go.
                if (i % 2 == 0) client.Client.LingerState = new LingerOption(true, 0);
            }
        }

        await Wait.UntilAsync(async () => (await app.GetAsync("/metrics")).Contains("livedash_aborted_uploads_total{} 80", StringComparison.Ordinal), "all are counted");
        Assert.DoesNotContain(log.Entries, static entry => entry.Level >= LogLevel.Warning && entry.Exception is not null);
        Assert.InRange(log.Entries.Count(static entry => entry.Text.Contains("left before its body was whole", StringComparison.Ordinal)), 1, 20);
    }

    [Fact]
    public async Task Run_ByteNowAndThenThatNeverEndsALine_IsCutByTheIdleBound()
    {
        var time = new ManualTime();
        var limits = new Limits { MaxIdle = TimeSpan.FromSeconds(60) };
        await using var app = await LiveApp.StartAsync();
        var services = app.Services;
        var pipe = new Pipe();
        var session = new IngestSession(services.GetRequiredService<IngestPipeline>(), services.GetRequiredService<SourceRegistry>().Get("test", "slow"), time, TimeSpan.Zero);
        await using var closing = session;
        var running = StreamPump.RunAsync(pipe.Reader, services.GetRequiredService<PointDecoders>().Json(), session, limits, time, default);
        await pipe.Writer.WriteAsync("{\"series\":\"quiet\",\"value\":1}\n"u8.ToArray());
        for (var i = 0; i < 5 && !running.IsCompleted; i++)
        {
            // Once its time is over nothing waits for the clock any more.
            await Task.WhenAny(time.WhenArmedAsync(), running);
            time.Advance(TimeSpan.FromSeconds(20));
            if (!running.IsCompleted) await pipe.Writer.WriteAsync("{"u8.ToArray());
        }

        await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Post_SlowBodyOfKnownLength_KeepsTheServersOwnFloor()
    {
        await using var app = await LiveApp.StartAsync(routes: static app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost(app, "/floor", Floor));
        using var known = await app.Client.PostAsync(new Uri("/floor", UriKind.Relative), new ByteArrayContent([1, 2, 3]));
        Assert.Equal("240", await known.Content.ReadAsStringAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/floor") { Content = new ByteArrayContent([1, 2, 3]), Headers = { TransferEncodingChunked = true } };
        using var endless = await app.Client.SendAsync(request);
        Assert.Equal("", await endless.Content.ReadAsStringAsync());
    }

    private static string Floor(Microsoft.AspNetCore.Http.HttpContext context, Limits limits)
    {
        LiveDash.Web.Api.Points.IngestBody.Open(context, limits);
        return context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>()?.MinDataRate?.BytesPerSecond.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static async Task<string> SendAsync(LiveApp app, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? "";
    }
}
