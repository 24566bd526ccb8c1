using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>The server's memory while millions of points stream out of it, against its memory just before.</summary>
internal sealed class StreamMemoryBenchmark : IBenchmark
{
    private const int Points = 5_000_000;
    private const double BudgetMegabytes = 20;

    /// <inheritdoc/>
    public string Name => "stream-memory";

    /// <inheritdoc/>
    public string About => "resident memory while GET /api/points streams 5 million points, above what it was before";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        await PointFill.RunAsync(server, Points);
        // The first read compiles the code; what it costs is not the stream's.
        await StreamRead.RunAsync(server.Client, "/api/points?series=coords&limit=500000");
        var before = server.ResidentMegabytes;
        var most = before;
        var reading = StreamRead.RunAsync(server.Client, "/api/points?series=coords");
        while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(50))) != reading) most = Math.Max(most, server.ResidentMegabytes);
        var read = await reading;
        if (read.Lines != Points) throw new InvalidOperationException($"{read.Lines} lines came instead of {Points}.");
        Console.WriteLine(
            $"stream-memory: {Points:N0} points in {read.TotalMs:N0} ms ({Points / read.TotalMs / 1000:F2} M points/s, first byte {read.FirstByteMs:F1} ms); "
            + $"{before:F0} MB before, at most {most:F0} MB meanwhile: {most - before:F0} MB more (budget {BudgetMegabytes:F0}: {Meter.Verdict(most - before <= BudgetMegabytes)})");
        return 0;
    }
}
