using System.Globalization;
using System.Text.Json;

namespace LiveDash.Benchmarks.Detection;

/// <summary>One file of the Numenta Anomaly Benchmark with its true windows, and what each row is worth (Lavin and Ahmad, 2015).</summary>
internal sealed class NabFile
{
    private const double ProbationPart = 0.15;
    private const int ProbationOf = 5_000;

    /// <summary>Path below the data directory, as the list of windows names it.</summary>
    public required string Name { get; init; }

    /// <summary>The rows' times.</summary>
    public required DateTime[] Times { get; init; }

    /// <summary>The rows' values.</summary>
    public required double[] Values { get; init; }

    /// <summary>How many true windows there are.</summary>
    public required int Windows { get; init; }

    /// <summary>For each row the window it is in (-1 for none) and its worth; null in the probation at the beginning.</summary>
    public required (int Window, double Worth)?[] Rows { get; init; }

    /// <summary>Reads all files there are of those that <c>combined_windows.json</c> names.</summary>
    public static List<NabFile> ReadAll(string directory)
    {
        using var windows = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "combined_windows.json")));
        return [.. windows.RootElement.EnumerateObject()
            .Where(one => File.Exists(Path.Combine(directory, one.Name)))
            .OrderBy(static one => one.Name, StringComparer.Ordinal)
            .Select(one => Read(directory, one.Name, [.. one.Value.EnumerateArray().Select(static pair => (When(pair[0]), When(pair[1])))]))];
    }

    /// <summary>Reads a file of the columns timestamp and value.</summary>
    public static NabFile Read(string directory, string name, IReadOnlyList<(DateTime From, DateTime To)> windows)
    {
        var rows = File.ReadLines(Path.Combine(directory, name)).Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split(',')).ToList();
        var times = rows.Select(static row => DateTime.Parse(row[0], CultureInfo.InvariantCulture)).ToArray();
        return new()
        {
            Name = name,
            Times = times,
            Values = rows.Select(static row => double.Parse(row[1], CultureInfo.InvariantCulture)).ToArray(),
            Windows = windows.Count,
            Rows = Worth(times, windows),
        };
    }

    private static DateTime When(JsonElement text) => DateTime.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static (int, double)?[] Worth(DateTime[] times, IReadOnlyList<(DateTime From, DateTime To)> windows)
    {
        var spans = windows.Select(window => (First: Array.IndexOf(times, window.From), Last: Array.IndexOf(times, window.To))).ToList();
        var probation = Math.Min(Math.Floor(ProbationPart * times.Length), ProbationPart * ProbationOf);
        var worth = new (int, double)?[times.Length];
        var (next, current, past) = (0, -1, -1);
        for (var row = 0; row < times.Length; row++)
        {
            if (next < spans.Count && times[row] == times[spans[next].First]) current = next++;
            var one = current >= 0 ? (current, Inside(row, spans[current])) : (-1, past < 0 ? -1 : Outside(row, spans[past]));
            worth[row] = row >= probation ? one : null;
            if (current >= 0 && times[row] == times[spans[current].Last]) (past, current) = (current, -1);
        }

        return worth;
    }

    private static double Inside(int row, (int First, int Last) span) =>
        Squash(-(double)(span.Last - row + 1) / (span.Last - span.First + 1)) / Squash(-1);

    private static double Outside(int row, (int First, int Last) span) => Squash((double)(row - span.Last) / (span.Last - span.First));

    private static double Squash(double place) => place > 3 ? -1 : (2 / (1 + Math.Exp(5 * place))) - 1;
}
