namespace LiveDash.Benchmarks;

/// <summary>
/// What a million series at 1 Hz and 100 million points a second would take, from what one core of this machine does: docs/SCALE.md says what is measured, what is arithmetic and what
/// is a plan. No cluster runs here.
/// </summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    // What is left free for peaks, other work and a dead node's share.
    private const double Utilisation = 0.6;
    private const double WindowSeconds = 60;
    // Measured with Orleans on two cores: batches a second between processes; docs/SCALE.md.
    private const double MessagesPerSecond = 50_000;
    private const double Gap = 6;
    // How long an ingest node gathers, in seconds.
    private const double Coalesced = 0.005;

    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public string About => "what one core does, and a replay of the plans for 1 M series at 1 Hz and for 100 M points/s with a node's death on those rates; docs/SCALE.md";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var rates = await ScaleRates.MeasureAsync();
        Console.WriteLine($"one core, {CpuClock.Name}:");
        Console.WriteLine($"  decode line protocol {rates.DecodeNs,6:N0} ns a point, {rates.LineBytes:N0} bytes a line");
        Console.WriteLine($"  windows and a rule   {rates.EngineNs,6:N0} ns a point, {rates.SeriesBytes:N0} bytes a series (50,000 series, a minute's window)");
        Console.WriteLine($"  log row              {rates.LogNs,6:N0} ns a point, {rates.LogBytes:N1} bytes");
        foreach (var (points, ns, bytes) in rates.Sealed) Console.WriteLine($"  block of {points,5:N0} points {ns,6:N0} ns a point, {bytes:N2} bytes");
        Show(rates, new ScalePlan("1 M series at 1 Hz", 1_000_000, 1e6, 64, 3, 2, 2, Gap));
        Show(rates, new ScalePlan("100 M points/s of 100 M series", 100_000_000, 100e6, 1_024, 12, 8, 12, Gap));
        return 0;
    }

    private static void Show(ScaleRates rates, ScalePlan plan)
    {
        var per = plan.PointsPerSecond / 1e9;
        var (decode, engine, log, seal) = (rates.DecodeNs * per, rates.EngineNs * per, rates.LogNs * per, rates.Sealed.First(static one => one.Points == 600).Ns * per);
        Console.WriteLine();
        Console.WriteLine($"{plan.Name}: {plan.Partitions:N0} partitions on {plan.Nodes} nodes of {plan.Cores} cores, {plan.Ingest} nodes that decode");
        Console.WriteLine($"  cores at {Utilisation:P0}: decode {decode / Utilisation:N1}, engine {engine / Utilisation:N1}, log {log / Utilisation:N1}, blocks {seal / Utilisation:N1}");
        Console.WriteLine($"  memory of series {plan.Series * rates.SeriesBytes / 1e9:N1} GB, a node {plan.Series * rates.SeriesBytes / 1e9 / plan.Nodes:N1} GB");
        Console.WriteLine($"  lines {plan.PointsPerSecond * rates.LineBytes * 8 / 1e9:N1} Gbit/s; log {plan.PointsPerSecond * rates.LogBytes / 1e6:N0} MB/s, a day {plan.PointsPerSecond * rates.LogBytes * 86_400 / 1e12:N2} TB");
        Console.WriteLine($"  sealed after 10 minutes: {plan.PointsPerSecond * rates.Sealed.First(static one => one.Points == 600).Bytes * 86_400 / 1e12:N2} TB a day, {plan.Series / 600.0:N0} blocks/s; at 262,144 points in memory a block would hold {Math.Max(1, 262_144 / (double)plan.Series):N0} and there were {plan.PointsPerSecond / Math.Max(1, 262_144 / (double)plan.Series):N0} blocks/s");
        var naive = plan.PointsPerSecond / 1_000 * Math.Min(1_000, plan.Partitions);
        var partitioned = Math.Min(plan.PointsPerSecond, plan.Ingest * plan.Partitions / Coalesced);
        var owned = Math.Min(plan.PointsPerSecond, plan.Ingest * plan.Nodes / Coalesced);
        Console.WriteLine($"  messages a second: batches of 1,000 split by partition {naive:N0}; coalesced for {Coalesced * 1000:N0} ms by partition {partitioned:N0} of {plan.PointsPerSecond / partitioned:N0} points, by owner {owned:N0} of {plan.PointsPerSecond / owned:N0}, a node {owned / plan.Nodes:N0}; two cores take some {MessagesPerSecond:N0}");
        // All cores of a node; what is not decoding.
        var each = rates.EngineNs + rates.LogNs + rates.Sealed.First(static one => one.Points == 600).Ns;
        var run = plan.Replay(plan.Cores * 1e9 / each, plan.Cores * 1e9 / rates.EngineNs, WindowSeconds);
        Console.WriteLine($"  replay of 4 minutes, a node dies: the node with most partitions has {run.Skew:N2} times its share and is busy {run.Busiest:P0} of its time; with {Gap:N0} s until the others own its partitions a point waits {run.WorstLag:N1} s at most"
            + (run.KeepsUp ? $", and after {run.CaughtUp:N1} s nothing is more than a second behind" : ", and it never catches up"));
    }
}
