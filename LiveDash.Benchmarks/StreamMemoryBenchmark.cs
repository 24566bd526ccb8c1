using System.Diagnostics;
using System.Text;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>
/// The server's memory while millions of points stream out of it, against its memory just before: as NDJSON, pressed, as columns, as Arrow, through a polygon, and to a
/// reader that stalls and then goes away.
/// </summary>
internal sealed class StreamMemoryBenchmark : IBenchmark
{
    private const int Points = 5_000_000;
    private const double BudgetMegabytes = 20;
    private const string Columns = "application/vnd.livedash.columns";

    // All points of PointFill lie within: they are between 0 and 1000.
    private const string Shape = """{"type":"Polygon","coordinates":[[[-1,-1],[1001,-1],[1001,1001],[500,1002],[-1,1001]]]}""";
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "stream-memory";

    /// <inheritdoc/>
    public string About => "resident memory while 5 million points stream out: plain, pressed, columns, Arrow, through a polygon, to a stalled reader";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        await PointFill.RunAsync(server, Points);
        await MeasureAsync(server, "NDJSON", "/api/points?series=coords", "application/x-ndjson", null, null);
        await MeasureAsync(server, "NDJSON, gzip", "/api/points?series=coords", "application/x-ndjson", "gzip", null);
        await MeasureAsync(server, "columns", "/api/points?series=coords", Columns, null, null);
        await MeasureAsync(server, "Arrow", "/api/points?series=coords", "application/vnd.apache.arrow.stream", null, null);
        await MeasureAsync(server, "polygon, columns", "/api/points/query?series=coords", Columns, null, Shape);
        await StallAsync(server);
        return 0;
    }

    private static async Task MeasureAsync(ServerUnderLoad server, string what, string path, string accept, string? encoding, string? shape)
    {
        // The first read compiles the code; what it costs is not the stream's.
        await ReadAsync(server, path + "&limit=500000", accept, encoding, shape);
        var before = server.ResidentMegabytes;
        var most = before;
        var reading = ReadAsync(server, path, accept, encoding, shape);
        while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(50))) != reading) most = Math.Max(most, server.ResidentMegabytes);
        var (first, total, bytes) = await reading;
        Console.WriteLine(
            $"{what,-18} {Points:N0} points in {total,6:N0} ms ({Points / total / 1000,5:F2} M points/s, {bytes / total / 1000,6:F1} MB/s, first byte {first,5:F1} ms); "
            + $"{before:F0} MB before, {most - before:F0} MB more meanwhile (budget {BudgetMegabytes:F0}: {Meter.Verdict(most - before <= BudgetMegabytes)})");
    }

    // A reader that takes a little and then nothing: the scan waits for it, and when it goes, all goes.
    private static async Task StallAsync(ServerUnderLoad server)
    {
        var before = server.ResidentMegabytes;
        var most = before;
        using (var answer = await SendAsync(server, "/api/points?series=coords", "application/x-ndjson", null, null))
        {
            await using var body = await answer.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1024 * 1024]);
            var cpu = server.Cpu;
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_stall;)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
                most = Math.Max(most, server.ResidentMegabytes);
            }

            Console.WriteLine(
                $"stalled reader: {most - before:F0} MB more (budget {BudgetMegabytes:F0}: {Meter.Verdict(most - before <= BudgetMegabytes)}), {(server.Cpu - cpu).TotalMilliseconds:F0} ms of CPU in {s_stall.TotalSeconds:F0} s of waiting");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Console.WriteLine($"after it went away: {server.ResidentMegabytes - before:F0} MB more than before");
    }

    private static async Task<(double FirstMs, double TotalMs, long Bytes)> ReadAsync(ServerUnderLoad server, string path, string accept, string? encoding, string? shape)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await SendAsync(server, path, accept, encoding, shape);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        double first = 0;
        long bytes = 0;
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            if (bytes == 0) first = clock.Elapsed.TotalMilliseconds;
            bytes += read;
        }

        return (first, clock.Elapsed.TotalMilliseconds, bytes);
    }

    private static async Task<HttpResponseMessage> SendAsync(ServerUnderLoad server, string path, string accept, string? encoding, string? shape)
    {
        using var request = new HttpRequestMessage(shape is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        if (shape is not null) request.Content = new StringContent(shape, Encoding.UTF8, "application/geo+json");
        var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return answer;
    }
}
