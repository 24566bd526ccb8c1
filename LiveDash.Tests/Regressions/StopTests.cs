using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Told to stop, the program ends though readers are slow and uploads have no end, with exit code 0 and the last state saved.</summary>
public sealed class StopTests
{
    private const string Many = "many%7Bn=*%7D";

    [Fact]
    public async Task Terminate_SlowReadersOfAThousandSeriesAndOpenUploads_EndsInOrderAndKeepsWhatCame()
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = new TempDirectory();
        var sockets = new List<Socket>();
        try
        {
            await using (var server = await ServerProcess.StartAsync(directory.Path))
            {
                await PostAsync(server.Client, string.Concat(Enumerable.Range(0, 60_000).Select(static i => $"{{\"series\":\"many\",\"tags\":{{\"n\":\"{i % 1_000}\"}},\"value\":{i}}}\n")));
                var address = server.Client.BaseAddress!;
                // Readers that read nothing, an event stream, and uploads of which one line has come.
                for (var i = 0; i < 200; i++) sockets.Add(await OpenAsync(address, $"GET /api/points?series={Many} HTTP/1.1\r\nHost: {{0}}\r\n\r\n"));
                sockets.Add(await OpenAsync(address, $"GET /api/stream?series={Many}&window=10 HTTP/1.1\r\nHost: {{0}}\r\n\r\n"));
                const string Line = "{\"series\":\"open\",\"value\":7}\n";
                for (var i = 0; i < 10; i++)
                {
                    sockets.Add(await OpenAsync(address, "POST /api/points HTTP/1.1\r\nHost: {0}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + $"{Line.Length:x}\r\n{Line}\r\n"));
                }

                using var rule = new StringContent("""{"name":"last","expr":"last(many{n=*}, 1) > 10"}""");
                using var made = await server.Client.PostAsync(new Uri("/api/rules", UriKind.Relative), rule);
                Assert.Equal(HttpStatusCode.Created, made.StatusCode);
                await Wait.UntilAsync(async () => (await server.Client.GetStringAsync(new Uri("/api/series", UriKind.Relative))).Contains("\"open\"", StringComparison.Ordinal), "an upload's line has come");
                Assert.Equal(0, await server.TerminateAsync());
            }

            await using var again = await ServerProcess.StartAsync(directory.Path);
            Assert.Contains("\"last\"", await again.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative)), StringComparison.Ordinal);
            var kept = await again.Client.GetStringAsync(new Uri($"/api/points?series={Many}&fields=value", UriKind.Relative));
            Assert.Equal(60_000, kept.Count(static c => c == '\n'));
            Assert.Contains("\"value\":7", await again.Client.GetStringAsync(new Uri("/api/points?series=open", UriKind.Relative)), StringComparison.Ordinal);
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }

    // Brokers that take the connection and say nothing: clients wait for their word, some without an ear for who wants to end. It took half a minute.
    [Fact]
    public async Task Terminate_SourcesWhoseBrokersSayNothing_EndsAllTheSame()
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = new TempDirectory();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var server = await ServerProcess.StartAsync(
            directory.Path,
            "--LiveDash:Sources:one:kind=redis", $"--LiveDash:Sources:one:connection=127.0.0.1:{port}", "--LiveDash:Sources:one:stream=s",
            "--LiveDash:Sources:two:kind=rabbitmq", $"--LiveDash:Sources:two:uri=amqp://guest:guest@127.0.0.1:{port}/", "--LiveDash:Sources:two:queue=q",
            "--LiveDash:Sources:three:kind=nats", $"--LiveDash:Sources:three:url=nats://127.0.0.1:{port}", "--LiveDash:Sources:three:stream=s",
            "--LiveDash:Sources:four:kind=mqtt", "--LiveDash:Sources:four:host=127.0.0.1", $"--LiveDash:Sources:four:port={port}", "--LiveDash:Sources:four:topics=a",
            "--LiveDash:Sources:five:kind=kafka", $"--LiveDash:Sources:five:servers=127.0.0.1:{port}", "--LiveDash:Sources:five:topics=a",
            $"--LiveDash:Otlp:Export:Endpoint=http://127.0.0.1:{port}", $"--LiveDash:Jobs:Redis=127.0.0.1:{port}");
        // All of them have called.
        for (var i = 0; i < 6; i++) await silent.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<Socket> OpenAsync(Uri address, string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request.Replace("{0}", address.Authority, StringComparison.Ordinal)));
        return socket;
    }

    private static async Task PostAsync(HttpClient client, string lines)
    {
        using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
