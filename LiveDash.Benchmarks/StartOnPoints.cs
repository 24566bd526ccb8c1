using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using LiveDash.Benchmarks.Proofs;

namespace LiveDash.Benchmarks;

/// <summary>The built program started on a data directory full of points: how long until it says that it is ready, and what that costs.</summary>
internal static class StartOnPoints
{
    private const int Rounds = 3;
    private const int Senders = 4;
    private const int Lines = 10_000;
    private const int Series = 1_000;
    private const double BudgetSeconds = 2;

    /// <summary>Fills the directory where it is empty, then starts three times.</summary>
    public static async Task<int> RunAsync(int points, string? data)
    {
        using var own = data is null ? new ProofDirectory() : null;
        var directory = data ?? own!.Path;
        if (!Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            await FillAsync(directory, points);
            if (data is not null) await File.WriteAllTextAsync(Held(directory), points.ToString(CultureInfo.InvariantCulture));
        }

        // One that was filled before holds what it was filled with then.
        var held = data is null ? points.ToString("N0") : File.Exists(Held(directory)) ? int.Parse(await File.ReadAllTextAsync(Held(directory)), CultureInfo.InvariantCulture).ToString("N0") : "an unknown number of";
        var (seconds, processor) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var server = await ProofServer.StartAsync(directory);
            while (true)
            {
                using var answer = await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode) break;
                await Task.Delay(10);
            }

            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            processor.Add(server.Cpu.TotalSeconds);
            await server.StopAsync();
        }

        var megabytes = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length) / 1e6;
        Console.WriteLine(
            $"start on {held} points of {Series:N0} series ({megabytes:N0} MB): ready after {string.Join(", ", seconds.Select(static one => one.ToString("F2")))} s "
            + $"(budget {BudgetSeconds:F0} s, the worst counts: {Meter.Verdict(seconds.Max() <= BudgetSeconds)}), {Meter.Median(processor):F2} s of processor");
        return 0;
    }

    // Beside the directory, since the store owns what is in it.
    private static string Held(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + ".points";

    private static async Task FillAsync(string directory, int points)
    {
        await using var server = await ProofServer.StartAsync(directory);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            var body = new PointBody(Lines, Series, located: false, sender);
            for (long sent = 0; sent < points / Senders; sent += Lines)
            {
                // Each sender a stretch of time of its own.
                body.SetTimes(1_500_000_000_000 + (sender * 10_000_000_000L) + sent);
                using var content = new ByteArrayContent(body.Bytes);
                content.Headers.ContentType = new("application/x-ndjson");
                using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
                if (answer.IsSuccessStatusCode) continue;
                if ((int)answer.StatusCode != 429) answer.EnsureSuccessStatusCode();
                sent -= Lines;
                await Task.Delay(20);
            }
        }));
        await server.StopAsync();
    }
}
