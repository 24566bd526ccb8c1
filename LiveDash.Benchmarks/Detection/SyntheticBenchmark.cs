using LiveDash.Core.Detection;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Benchmarks.Detection;

/// <summary>
/// Nine bases by ten faults with known truth, the clean ones among them: precision, recall, delay and VUS-PR of the detector at its default, of a random cut
/// forest and of the robust z-score in the same run. Another seed each run unless one is given; the peers' thresholds are set so that each has as many alarms
/// on the clean series as the detector.
/// </summary>
internal sealed class SyntheticBenchmark : IBenchmark
{
    private const int Trees = 30;
    private const int TreeSize = 256;
    private const int Shingle = 4;
    private const int Buffer = 24;

    public string Name => "synthetic";

    public string About => "nine bases by ten faults with known truth: detector, random cut forest, robust z-score; --seed N, --rounds N";

    public Task<int> RunAsync(string[] args)
    {
        var seed = Option(args, "--seed") ?? Random.Shared.Next(1, 1_000_000);
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var series = Enumerable.Range(0, Option(args, "--rounds") ?? 2)
            .SelectMany(_ => SyntheticSeries.Bases.SelectMany(kind => SyntheticSeries.Faults.Select(fault => SyntheticSeries.Make(kind, fault, random)))).ToList();
        var detector = series.ConvertAll(static one => (one, Detect(one)));
        var alarms = CleanAlarms(detector, 1);
        Print("detector, default sensitivity", detector, 1);
        PrintFaults(detector);
        Peer("random cut forest", series.ConvertAll(one => (one, Forest(one, seed))), alarms);
        Peer("robust z-score over 300 points", series.ConvertAll(static one => (one, ZScores(one))), alarms);
        return Task.FromResult(0);
    }

    private static int? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], out var number) ? number : null;

    private static void Peer(string name, List<(SyntheticSeries, double[])> scored, int alarms)
    {
        var (low, high) = (0.0, 1e6);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (CleanAlarms(scored, middle) > alarms) low = middle;
            else high = middle;
        }

        Print($"{name} above {high:G3}", scored, high);
    }

    private static int CleanAlarms(List<(SyntheticSeries Series, double[] Scores)> scored, double threshold) =>
        scored.Where(static one => one.Series.From < 0).Sum(one => Begins(one.Scores, threshold).Count);

    private static void Print(string name, List<(SyntheticSeries Series, double[] Scores)> scored, double threshold)
    {
        var (found, faulty, right, wrong) = (0, 0, 0, 0);
        var delays = new List<int>();
        foreach (var (series, scores) in scored)
        {
            var alarms = Begins(scores, threshold);
            var within = alarms.Where(at => series.From >= 0 && at >= series.From && at < series.To + Buffer).ToList();
            (right, wrong) = (right + Math.Min(1, within.Count), wrong + alarms.Count - within.Count);
            if (series.From < 0) continue;
            faulty++;
            if (within.Count == 0) continue;
            found++;
            delays.Add(within[0] - series.From);
        }

        delays.Sort();
        var months = scored.Count * 28 / 30.0;
        Console.WriteLine($"{name}: precision {right / (double)Math.Max(1, right + wrong):F2}, recall {found / (double)faulty:F2}, median delay {(delays.Count > 0 ? delays[delays.Count / 2] * 5 : 0)} min, "
            + $"VUS-PR {SurfaceVolume.Of(scored, Buffer):F3}, {wrong / months:F2} false alarms a series and month");
    }

    private static void PrintFaults(List<(SyntheticSeries Series, double[] Scores)> scored)
    {
        foreach (var fault in scored.Where(static one => one.Series.From >= 0).GroupBy(static one => one.Series.Fault))
        {
            var found = fault.Where(static one => Begins(one.Scores, 1).Exists(at => at >= one.Series.From && at < one.Series.To + Buffer)).Select(static one => one.Series.Base).Distinct().ToList();
            Console.WriteLine($"  {fault.Key}: found on {found.Count} of {SyntheticSeries.Bases.Length} bases, not on {string.Join(", ", SyntheticSeries.Bases.Except(found))}");
        }
    }

    private static List<int> Begins(double[] scores, double threshold)
    {
        var begins = new List<int>();
        for (var i = 1; i < scores.Length; i++)
        {
            // What follows within five hours is the same alarm still, for all three.
            if (scores[i] >= threshold && scores[i - 1] < threshold && (begins.Count == 0 || i - begins[^1] > 60)) begins.Add(i);
        }

        return begins;
    }

    private static double[] Detect(SyntheticSeries series)
    {
        var detector = new AnomalyDetector();
        return [.. series.Values.Select((value, i) => detector.Push(i * 5 * TimeSpan.TicksPerMinute, value))];
    }

    private static double[] ZScores(SyntheticSeries series)
    {
        var score = AggregateSpec.Of(AggregateKind.ZScore);
        var window = SlidingWindow.Create(WindowSpec.Last(300), new WindowOptions { Needs = [score] });
        return [.. series.Values.Select((value, i) =>
        {
            window.Add(i * 5 * TimeSpan.TicksPerMinute, value);
            var z = Math.Abs(window.Evaluate(score));
            return i < 266 ? 0 : double.IsFinite(z) ? z : 1e6;
        })];
    }

    private static double[] Forest(SyntheticSeries series, int seed)
    {
        var trees = Enumerable.Range(0, Trees).Select(tree => new CutTree(TreeSize, new Random(seed + tree))).ToArray();
        var scores = new double[series.Values.Length];
        for (var i = Shingle - 1; i < scores.Length; i++)
        {
            var point = series.Values[(i - Shingle + 1)..(i + 1)];
            var sum = 0.0;
            foreach (var tree in trees) sum += tree.Push(i, point);
            scores[i] = i < 266 ? 0 : sum / Trees;
        }

        return scores;
    }
}
