using LiveDash.Core.Detection;

namespace LiveDash.Benchmarks.Detection;

/// <summary>
/// Forecasts scored from outside against what came, on the synthetic series (clean and with each fault) and on files of the Numenta benchmark: the mean error beside that of the
/// value one day before (MASE), and which part of the values lay in the 95 % band. Another seed each run unless one is given.
/// </summary>
internal sealed class ForecastBenchmark : IBenchmark
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;
    private static readonly TimeSpan[] s_horizons = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    public string Name => "forecast";

    public string About => "[--seed N] [--rounds N] [--data DIR]: error (MASE) and coverage of forecasts 15 min, 1 h and 6 h ahead on synthetic series, and on the Numenta benchmark's files";

    public Task<int> RunAsync(string[] args)
    {
        var seed = Option(args, "--seed") is { } text && int.TryParse(text, out var number) ? number : Random.Shared.Next(1, 1_000_000);
        var rounds = Option(args, "--rounds") is { } many && int.TryParse(many, out var count) ? count : 2;
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (var kind in SyntheticSeries.Bases)
        {
            var clean = Enumerable.Range(0, rounds).Select(_ => SyntheticSeries.Make(kind, "clean", random)).ToList();
            var faulty = SyntheticSeries.Faults.Skip(1).Select(fault => SyntheticSeries.Make(kind, fault, random)).ToList();
            Print(kind, "clean", clean.ConvertAll(Points));
            Print(kind, "with a fault each", faulty.ConvertAll(Points));
        }

        if (Option(args, "--data") is not { } directory) return Task.FromResult(0);
        var files = NabFile.ReadAll(directory);
        foreach (var horizon in s_horizons)
        {
            var scores = files.Select(file => (file.Name, Score: Judge(file.Times.Zip(file.Values).Select(static one => (one.First.Ticks, one.Second)), horizon))).Where(static one => one.Score.Judged > 0).ToList();
            var errors = scores.Select(static one => one.Score.Mase).Where(double.IsFinite).Order().ToList();
            var covers = scores.Select(static one => one.Score.Coverage).Order().ToList();
            Console.WriteLine($"{files.Count} files, {horizon.TotalHours:0.##} h ahead: MASE median {errors[errors.Count / 2]:F2}, below 1 on {errors.Count(static one => one < 1)} of {errors.Count}; "
                + $"coverage {covers[0]:P1} to {covers[^1]:P1}, median {covers[covers.Count / 2]:P1}, within 92 to 98 % on {covers.Count(static one => one is >= 0.92 and <= 0.98)} of {covers.Count}");
            foreach (var (name, score) in scores.Where(static one => one.Score.Mase >= 1 || one.Score.Coverage is < 0.92 or > 0.98)) Console.WriteLine($"  {name}: MASE {score.Mase:F2}, coverage {score.Coverage:P1} of {score.Judged:N0}");
        }

        return Task.FromResult(0);
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static void Print(string kind, string how, List<List<(long, double)>> series)
    {
        var told = s_horizons.Select(horizon =>
        {
            var scores = series.ConvertAll(one => Judge(one, horizon));
            return $"{horizon.TotalHours:0.##} h MASE {scores.Average(static one => one.Mase):F2} (at most {scores.Max(static one => one.Mase):F2}) coverage {scores.Min(static one => one.Coverage):P1} to {scores.Max(static one => one.Coverage):P1}";
        });
        Console.WriteLine($"{kind}, {how}: {string.Join("; ", told)}");
    }

    private static List<(long, double)> Points(SyntheticSeries series) => [.. series.Values.Select(static (value, i) => (i * s_step, value))];

    // What is told is the mean of a bar, so that is what it is compared with, and kept until then; the seasonal naive forecast is the mean of the bar whole days before.
    private static (double Mase, double Coverage, long Judged) Judge(IEnumerable<(long Ticks, double Value)> points, TimeSpan horizon)
    {
        var forecaster = new BarForecaster(horizon);
        var told = new Dictionary<long, Prediction>();
        var past = new Dictionary<long, double>();
        var days = TimeSpan.TicksPerDay * (1 + ((horizon.Ticks - 1) / TimeSpan.TicksPerDay));
        var (error, naive, compared, within, judged) = (0.0, 0.0, 0L, 0L, 0L);
        var (open, sum, count) = (0L, 0.0, 0);
        foreach (var (ticks, value) in points)
        {
            var length = Math.Max(s_step, forecaster.Bar.Ticks);
            var bar = ticks - (ticks % length);
            if (bar != open && count > 0) Compare(open, sum / count);
            (open, sum, count) = bar == open ? (open, sum + value, count + 1) : (bar, value, 1);
            forecaster.Take(new JudgedBar(ticks, value, double.NaN, double.NaN, value, 0));
            if (forecaster.Now.IsKnown) told[forecaster.Now.At] = forecaster.Now;
        }

        return (compared > 0 && naive > 0 ? error / naive : double.NaN, judged > 0 ? within / (double)judged : double.NaN, judged);

        void Compare(long bar, double mean)
        {
            past[bar] = mean;
            if (!told.Remove(bar, out var said)) return;
            judged++;
            if (mean >= said.Low && mean <= said.High) within++;
            if (!past.TryGetValue(bar - days, out var before)) return;
            compared++;
            error += Math.Abs(mean - said.Value);
            naive += Math.Abs(mean - before);
        }
    }
}
