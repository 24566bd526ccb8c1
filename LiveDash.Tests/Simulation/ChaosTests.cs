using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>
/// Kills, a full disk and a slow line that is cut, in an order decided by a seed, while points and alerts flow: in the end every acknowledged point is there once and
/// every alert was told. Four events; forty, and every client of every simulation on a slow line, where <c>LIVEDASH_CHAOS=1</c>. The full disk takes root, who may mount one.
/// </summary>
public sealed class ChaosTests
{
    private const int PointsPerBody = 100;
    private const int BodiesPerEvent = 8;
    private static readonly string[] s_settings = ["--LiveDash:Storage:BallastBytes=4194304", "--LiveDash:Storage:SealPoints=3000", "--LiveDash:Notifications:GroupWait=00:00:00.1", "--LiveDash:Notifications:GroupInterval=00:00:00.1"];

    private readonly ConcurrentDictionary<long, byte> _acknowledged = new();
    private long _first;

    [Fact]
    public async Task Chaos_KillsFullDiskAndSlowLine_LosesNothingAcknowledgedAndTellsEveryAlert()
    {
        var random = new Random(11);
        using var mount = new TempDirectory();
        var isMounted = await TryAsync("mount", "-t", "tmpfs", "-o", "size=64m", "livedash-chaos", mount.Path);
        try
        {
            await RunAsync(Path.Combine(mount.Path, "data"), isMounted ? Path.Combine(mount.Path, "filler") : null, random);
        }
        finally
        {
            if (isMounted) await TryAsync("umount", mount.Path);
        }
    }

    private async Task RunAsync(string data, string? filler, Random random)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var server = await ServerProcess.StartAsync(data, s_settings);
        var line = new TcpProxy(server.Address, jitterMs: 5);
        try
        {
            await SendAsync(server.Client, HttpMethod.Put, "/api/settings/channels", $$"""[{"name":"ops","kind":"webhook","url":"{{receiver.Address}}/"}]""");
            await SendAsync(server.Client, HttpMethod.Post, "/api/rules", """{"name":"hot","expr":"last(chaos.alarm{n=*}, 1) > 80","channels":["ops"],"onMissing":"keep"}""");
            var events = ServerProcess.IsChaos ? 40 : 4;
            for (var i = 0; i < events; i++)
            {
                await FlowAsync(line, BodiesPerEvent);
                switch (i % 4 == 3 ? random.Next(3) : i % 4)
                {
                    case 0:
                        await server.DisposeAsync();
                        server = await ServerProcess.StartAsync(data, s_settings);
                        line.Restore(server.Address);
                        break;
                    case 1 when filler is not null:
                        await FillAsync(line, filler);
                        break;
                    default:
                        line.Cut();
                        line.Restore();
                        break;
                }
            }

            await FlowAsync(line, 1);
            await AlarmAsync(server.Client, events);
            await Wait.UntilAsync(() => Told(receiver) == events, $"all {events} alerts were told");
            await AssertKeptAsync(server.Client);
        }
        finally
        {
            await line.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    // Somebody else's file takes all the space; an alert is told all the same, and points are taken again once the file is gone.
    private async Task FillAsync(TcpProxy line, string filler)
    {
        await using (var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            try
            {
                while (true) await file.WriteAsync(new byte[64 * 1024]);
            }
            catch (IOException)
            {
                // As full as it gets.
            }
        }

        await Wait.UntilAsync(async () => await TrySendAsync(line) is HttpStatusCode.InsufficientStorage, "the full disk is told");
        File.Delete(filler);
        await Wait.UntilAsync(async () => await TrySendAsync(line) is HttpStatusCode.OK, "points are taken again");
    }

    private async Task FlowAsync(TcpProxy line, int bodies)
    {
        for (var i = 0; i < bodies; i++) await Wait.UntilAsync(async () => await TrySendAsync(line) is HttpStatusCode.OK, "a body is taken");
    }

    // The same body again until it is acknowledged; null where there was no answer.
    private async Task<HttpStatusCode?> TrySendAsync(TcpProxy line)
    {
        var text = new StringBuilder();
        for (var value = _first; value < _first + PointsPerBody; value++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{"series":"chaos.load","t":{{1_790_000_000_000 + value}},"value":{{value}},"id":"{{value}}"}""").Append('\n');
        }

        using var client = new HttpClient { BaseAddress = line.Address, Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            using var body = new StringContent(text.ToString(), Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
            var said = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK) return answer.StatusCode;
            Assert.Contains("\"rejected\":0", said, StringComparison.Ordinal);
            for (var value = _first; value < _first + PointsPerBody; value++) _acknowledged[value] = 0;
            _first += PointsPerBody;
            return answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static Task AlarmAsync(HttpClient client, int count) => SendAsync(
        client, HttpMethod.Post, "/api/points", string.Join('\n', Enumerable.Range(0, count).Select(static n => $$"""{"series":"chaos.alarm","tags":{"n":"{{n}}"},"value":99}""")));

    private async Task AssertKeptAsync(HttpClient client)
    {
        var text = await client.GetStringAsync(new Uri("/api/points?series=chaos.load&fields=value", UriKind.Relative));
        var kept = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static one => long.Parse(one.AsSpan(9, one.Length - 10), CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(kept.Count, kept.Distinct().Count());
        Assert.Empty(_acknowledged.Keys.Except(kept));
        Assert.Contains("\"ready\"", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static int Told(WebhookReceiver receiver) => receiver.Received
        .SelectMany(static one => JsonDocument.Parse(one.Body).RootElement.GetProperty("alerts").EnumerateArray().Select(static alert => alert.GetProperty("series").GetString()!).ToList())
        .Distinct().Count();

    private static async Task SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<bool> TryAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
