using System.Diagnostics;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>The whole program from its process' start to the first page served, and its memory once it idles with the machine's own figures flowing.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double BudgetSeconds = 2;
    private const double BudgetMegabytes = 150;

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string About => "seconds from the process' start to the first page, its processor time, and idle memory after 5 s; with --points 20000000 [--data DIR] to /readyz 200 on so many points, which DIR keeps for the next time";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var points = LoadBenchmark.Option(args, "--points", 0);
        if (points > 0) return await StartOnPoints.RunAsync(points, LoadBenchmark.Text(args, "--data"));
        var pages = new List<double>();
        var processor = new List<double>();
        var memory = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var server = await ServerUnderLoad.StartLiveDashAsync();
            using var page = await server.Client.GetAsync(new Uri("/", UriKind.Relative));
            page.EnsureSuccessStatusCode();
            pages.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            processor.Add(server.Cpu.TotalSeconds);
            if (round > 1) continue;
            await Task.Delay(TimeSpan.FromSeconds(5));
            memory.Add(server.ResidentMegabytes);
        }

        var page50 = Meter.Median(pages);
        var resident = memory.Max();
        Console.WriteLine(
            $"start: first page after {page50:F2} s (median of {Rounds}, {Meter.Median(processor):F2} s of processor; budget {BudgetSeconds:F0} s: "
            + $"{Meter.Verdict(page50 <= BudgetSeconds)}); idle {resident:F0} MB (budget {BudgetMegabytes:F0}: {Meter.Verdict(resident <= BudgetMegabytes)})");
        return 0;
    }
}
