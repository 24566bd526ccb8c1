namespace LiveDash.Tests.Core.Query;

/// <summary>
/// Half an hour of a small installation: gauges, counters with resets, a histogram, series that begin, end and pause. Times are off all grids, since the edges of Prometheus 2.42's ranges are not those of 3.
/// The same each time.
/// </summary>
internal static class QueryWorld
{
    /// <summary>Where it begins, in seconds since 1970.</summary>
    public const int Start = 1_764_500_400;

    /// <summary>How many seconds it has.</summary>
    public const int Length = 1_800;

    /// <summary>Makes it.</summary>
    public static QuerySamples Make()
    {
        var random = new Random(7);
        var samples = new QuerySamples();
        foreach (var job in (string[])["api", "db"])
        {
            for (var host = 0; host < 4; host++)
            {
                var zone = host switch { 0 => ",zone=eu", 3 => "", _ => ",zone=us" };
                var labels = $"host=h{host},job={job}{zone}";
                samples.With($"temp{{{labels}}}", Gauge(random, 20 + (5 * host), host == 2 ? 600 : 0));
                samples.With($"load{{{labels}}}", Gauge(random, host, host == 3 ? 900 : 0));
                samples.With($"requests_total{{code=200,{labels}}}", Counter(random, 12, host == 1));
                samples.With($"requests_total{{code=500,{labels}}}", Counter(random, 1, false));
                samples.With($"errors_total{{{labels}}}", Counter(random, 3, host == 2));
                Histogram(samples, random, labels);
            }
        }

        return samples;
    }

    // A point about each 15 s, never on a whole or quarter second; with a pause where it is asked for.
    private static IEnumerable<double> Times(Random random, int pause)
    {
        for (var at = random.Next(1, 14) + 0.137; at < Length; at += 15 + (random.Next(-40, 40) / 100.0))
        {
            if (pause > 0 && at > pause && at < pause + 420) continue;
            var milliseconds = Math.Round(at * 1000);
            yield return (milliseconds % 50 == 0 ? milliseconds + 37 : milliseconds) / 1000;
        }
    }

    private static (double Seconds, double Value)[] Gauge(Random random, double level, int pause) =>
        [.. Times(random, pause).Select(at => (Start + at, Math.Round(level + (10 * Math.Sin(at / 200)) + random.NextDouble(), 3)))];

    private static (double Seconds, double Value)[] Counter(Random random, int most, bool resets)
    {
        double total = random.Next(0, 40);
        return [.. Times(random, 0).Select(at =>
        {
            total = resets && random.Next(25) == 0 ? random.Next(0, 5) : total + random.Next(0, most + 1);
            return (Start + at, total);
        })];
    }

    private static void Histogram(QuerySamples samples, Random random, string labels)
    {
        string[] bounds = ["0.1", "0.5", "1", "2.5", "+Inf"];
        var counts = new double[bounds.Length];
        var points = bounds.Select(static _ => new List<(double, double)>()).ToArray();
        foreach (var at in Times(random, 0))
        {
            for (var i = random.Next(0, 20); i > 0; i--)
            {
                for (var bucket = random.Next(bounds.Length); bucket < bounds.Length; bucket++) counts[bucket]++;
            }

            for (var bucket = 0; bucket < bounds.Length; bucket++) points[bucket].Add((Start + at, counts[bucket]));
        }

        for (var bucket = 0; bucket < bounds.Length; bucket++) samples.With($"latency_bucket{{le={bounds[bucket]},{labels}}}", [.. points[bucket]]);
        samples.With($"latency_count{{{labels}}}", [.. points[^1]]);
    }
}
