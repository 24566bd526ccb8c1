using System.Diagnostics;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Sources;
using LiveDash.Core.Model;
using Microsoft.Extensions.Options;

namespace LiveDash.Benchmarks;

/// <summary>What this machine's own metrics cost: processor time of a minute of samples, one a second, taken without the pauses between them.</summary>
internal sealed class HostBenchmark : IBenchmark
{
    private const int Samples = 60;
    private const double BudgetPercent = 1;

    public string Name => "host";

    public string About => "processor time that this machine's own metrics take, a sample a second";

    public Task<int> RunAsync(string[] args)
    {
        var catalog = new SeriesCatalog(new Limits());
        var sample = new HostSample(new Admission(new Limits(), catalog), new SourceRegistry(Options.Create(new IngestOptions())).Get("host", "benchmark"));
        IHostSampler sampler = OperatingSystem.IsLinux() ? new LinuxSampler() : new PortableSampler();
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        // The first samples find the files and compile the code.
        for (var i = 0; i < 10; i++) Take(sampler, sample, now += TimeSpan.TicksPerSecond);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var points = 0;
        for (var i = 0; i < Samples; i++) points += Take(sampler, sample, now += TimeSpan.TicksPerSecond);
        self.Refresh();
        var percent = (self.TotalProcessorTime - before).TotalSeconds / Samples * 100;
        Console.WriteLine($"{points / (double)Samples:N0} points a sample of {catalog.Count:N0} series, {Directory.GetDirectories("/proc").Count(static name => char.IsAsciiDigit(Path.GetFileName(name)[0])):N0} processes, {CpuClock.Name}");
        Console.WriteLine($"  {percent:N2} % of a core; budget {BudgetPercent} % {Meter.Verdict(percent < BudgetPercent)}");
        return Task.FromResult(0);
    }

    private static int Take(IHostSampler sampler, HostSample sample, long now)
    {
        sample.Begin(now);
        sampler.Sample(sample);
        var batch = sample.End();
        var count = batch.Count;
        batch.Release();
        return count;
    }
}
