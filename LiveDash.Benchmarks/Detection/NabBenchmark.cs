using System.Globalization;
using LiveDash.Core.Detection;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Benchmarks.Detection;

/// <summary>
/// The detector on files of the Numenta Anomaly Benchmark, one alarm an anomaly, its threshold fixed beforehand, beside the robust z-score over 300
/// points above 5 in the same run. The data is not part of this repository: it is the folder <c>data</c> of numenta/NAB with <c>combined_windows.json</c>
/// in it.
/// </summary>
internal sealed class NabBenchmark : IBenchmark
{
    private static readonly double[] s_thresholds = [.. Enumerable.Range(0, 25).Select(static step => 0.6 + (0.04 * step))];

    public string Name => "nab";

    public string About => "--data DIR [--out DIR]: the detector's score on the Numenta benchmark's files there, beside a robust z-score";

    public Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--data") is not { } directory || !File.Exists(Path.Combine(directory, "combined_windows.json")))
        {
            Console.WriteLine("nab needs --data DIR, a folder with combined_windows.json and the files that it names.");
            return Task.FromResult(2);
        }

        var files = NabFile.ReadAll(directory);
        Console.WriteLine($"{files.Count} files, {files.Sum(static file => file.Values.Length):N0} points, {files.Sum(static file => file.Windows)} windows");
        foreach (var sensitivity in Enum.GetValues<Sensitivity>())
        {
            var start = CpuClock.Nanoseconds;
            var found = files.Select(file => (file, Alarms(Detected(file, sensitivity)))).ToList();
            var cost = (CpuClock.Nanoseconds - start) / files.Sum(static file => file.Values.Length);
            Print($"detector, {sensitivity} sensitivity, {cost:N0} ns a point", found);
        }

        CrossValidate(files);
        Print("robust z-score over 300 points above 5", files.Select(static file => (file, Alarms(ZScores(file)))).ToList());
        if (Option(args, "--out") is { } output) Write(output, files);
        return Task.FromResult(0);
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static void Print(string who, List<(NabFile File, bool[] Alarms)> found)
    {
        var standard = NabScore.Profiles[0];
        var counts = found.Select(one => standard.Of(one.File, one.Alarms)).ToList();
        Console.WriteLine($"{who}: {string.Join(", ", NabScore.Profiles.Select(profile => $"{profile.Name} {profile.Of(found):F1}"))}; "
            + $"{counts.Sum(static one => one.Found)} windows found, {counts.Sum(static one => one.FalseRows)} false alarms");
    }

    // Half by half: the threshold that is best on one half of the files is scored on the other, so that no file is scored by what it has chosen itself.
    private static void CrossValidate(List<NabFile> files)
    {
        var strengths = files.ConvertAll(Strengths);
        var (told, chosen) = (new List<(NabFile, bool[])>(), new List<double>());
        for (var half = 0; half < 2; half++)
        {
            var own = Enumerable.Range(0, files.Count).Where(at => at % 2 == half).ToList();
            var best = s_thresholds.MaxBy(threshold => NabScore.Profiles[0].Of(own.ConvertAll(at => (files[at], Gated(strengths[at], threshold)))));
            chosen.Add(best);
            told.AddRange(Enumerable.Range(0, files.Count).Where(at => at % 2 != half).Select(at => (files[at], Gated(strengths[at], best))));
        }

        var usual = AlarmGate.Factor(Sensitivity.Medium);
        Print($"cross-validated by halves: thresholds {string.Join(" and ", chosen.Select(static one => $"{one:F2}"))} chosen on one, scored on the other (fixed: {usual:F2})", told);
        var halves = Enumerable.Range(0, 2).Select(half => NabScore.Profiles[0].Of([.. Enumerable.Range(half, files.Count - half).Where(at => at % 2 == half).Select(at => (files[at], Gated(strengths[at], usual)))]));
        Console.WriteLine($"  with the fixed threshold the halves score {string.Join(" and ", halves.Select(static score => $"{score:F1}"))}");
    }

    private static double[] Strengths(NabFile file)
    {
        var detector = new AnomalyDetector();
        return Array.ConvertAll(file.Times.Zip(file.Values).ToArray(), point =>
        {
            detector.Push(point.First.Ticks, point.Second);
            return detector.Strength;
        });
    }

    private static bool[] Gated(double[] strengths, double threshold)
    {
        var gate = new AlarmGate(threshold);
        return Alarms(Array.ConvertAll(strengths, strength =>
        {
            gate.Tell(strength, 0);
            return gate.Score;
        }));
    }

    private static double[] Detected(NabFile file, Sensitivity sensitivity)
    {
        var detector = new AnomalyDetector(sensitivity);
        return Array.ConvertAll(file.Times.Zip(file.Values).ToArray(), point => detector.Push(point.First.Ticks, point.Second));
    }

    private static double[] ZScores(NabFile file)
    {
        var score = AggregateSpec.Of(AggregateKind.ZScore);
        var window = SlidingWindow.Create(WindowSpec.Last(300), new WindowOptions { Needs = [score] });
        return Array.ConvertAll(file.Times.Zip(file.Values).ToArray(), point =>
        {
            window.Add(point.First.Ticks, point.Second);
            return Math.Abs(window.Evaluate(score)) / 5;
        });
    }

    /// <summary>The rows at which an alarm begins.</summary>
    private static bool[] Alarms(double[] scores)
    {
        var alarms = new bool[scores.Length];
        for (var row = 0; row < scores.Length; row++) alarms[row] = scores[row] >= 1 && (row == 0 || scores[row - 1] < 1);
        return alarms;
    }

    private static void Write(string directory, IReadOnlyList<NabFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(directory, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var scores = Detected(file, Sensitivity.Medium);
            var alarms = Alarms(scores);
            File.WriteAllLines(path, scores.Select((score, row) => string.Create(CultureInfo.InvariantCulture,
                $"{file.Times[row]:yyyy-MM-dd HH:mm:ss},{file.Values[row]:R},{(alarms[row] ? 1 : 0)}")).Prepend("timestamp,value,anomaly_score"));
        }
    }
}
