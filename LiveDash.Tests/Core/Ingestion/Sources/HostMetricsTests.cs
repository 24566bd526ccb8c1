using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Sources;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion.Sources;

public sealed class HostMetricsTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void Step_TwoReadings_GiveGaugesAndRates()
    {
        using var root = new TempDirectory();
        WriteFixtures(root.Path, cpu: "cpu  100 0 50 850 0 0 0 0", bytes: 1000, sectors: 10, stalled: 1_000_000);
        var host = new Host(new LinuxSampler(root.Path));
        host.Step(10 * Second);
        Assert.Equal(2.5, host.Last["load.1m"]);
        Assert.Equal(25, host.Last["mem.used_percent"]);
        Assert.Equal(1024 * 1024, host.Last["mem.used_bytes"]);
        Assert.Equal(50, host.Last["swap.used_percent"]);
        Assert.Equal(48.5, host.Last["temp.celsius{zone=0}"]);
        Assert.Equal(2, host.Last["proc.count"]);
        Assert.DoesNotContain("cpu.usage", host.Last.Keys);
        Assert.DoesNotContain("net.rx_bytes{if=eth0}", host.Last.Keys);

        WriteFixtures(root.Path, cpu: "cpu  130 0 60 900 10 0 0 0", bytes: 5000, sectors: 30, stalled: 2_000_000);
        host.Step(12 * Second);
        Assert.Equal(40, host.Last["cpu.usage"], 9);
        Assert.Equal(30, host.Last["cpu.mode{mode=user}"], 9);
        Assert.Equal(10, host.Last["cpu.mode{mode=iowait}"], 9);
        Assert.Equal(2000, host.Last["net.rx_bytes{if=eth0}"]);
        Assert.Equal(0, host.Last["net.rx_errors{if=eth0}"]);
        Assert.Equal(10 * 512, host.Last["disk.read_bytes{device=vda}"]);
        Assert.Equal(50, host.Last["pressure.cpu{kind=some}"], 9);
        Assert.DoesNotContain(host.Last.Keys, k => k.Contains("loop0", StringComparison.Ordinal) || k.Contains("vda1", StringComparison.Ordinal));
        Assert.Equal(host.Source.Accepted, host.Source.Offered);
    }

    [Fact]
    public void Step_CounterGoesBack_GivesNoRate()
    {
        using var root = new TempDirectory();
        WriteFixtures(root.Path, cpu: "cpu  100 0 50 850 0 0 0 0", bytes: 5000, sectors: 10, stalled: 0);
        var host = new Host(new LinuxSampler(root.Path));
        host.Step(10 * Second);
        WriteFixtures(root.Path, cpu: "cpu  100 0 50 850 0 0 0 0", bytes: 100, sectors: 10, stalled: 0);
        host.Step(11 * Second);
        Assert.DoesNotContain("net.rx_bytes{if=eth0}", host.Last.Keys);
        Assert.DoesNotContain("cpu.usage", host.Last.Keys);
        WriteFixtures(root.Path, cpu: "cpu  101 0 50 850 0 0 0 0", bytes: 300, sectors: 10, stalled: 0);
        host.Step(12 * Second);
        Assert.Equal(200, host.Last["net.rx_bytes{if=eth0}"]);
        Assert.Equal(100, host.Last["cpu.usage"]);
    }

    [Fact]
    public void Step_NothingReadable_GivesOnlyTheOwnProcess()
    {
        using var root = new TempDirectory();
        var host = new Host(new LinuxSampler(root.Path));
        host.Step(10 * Second);
        host.Step(11 * Second);
        Assert.NotEmpty(host.Last);
        Assert.All(host.Last.Keys, key => Assert.StartsWith("self.", key, StringComparison.Ordinal));
    }

    [Fact]
    public void Step_SeriesLimit_IsCountedOnceASeries()
    {
        var host = new Host(new PortableSampler(), new Limits { MaxSeries = 2 });
        host.Step(10 * Second);
        host.Step(11 * Second);
        Assert.Equal(2, host.Last.Count);
        Assert.True(host.Source.Rejected["series_limit"] > 0);
    }

    [Fact]
    public void Step_SamplerFails_KeepsWhatWasReadAndTellsWhy()
    {
        var host = new Host(new FailingSampler());
        host.Step(10 * Second);
        Assert.Equal(5, host.Last["x"]);
        Assert.Equal("disk on fire", host.Source.LastError);
    }

    [Fact]
    public void Step_ThisMachine_ReadsTrueFigures()
    {
        if (!OperatingSystem.IsLinux()) return;
        var host = new Host(new LinuxSampler());
        host.Step(10 * Second);
        Assert.InRange(host.Last["mem.used_percent"], 0.01, 100);
        Assert.InRange(host.Last["self.rss_bytes"], 1 << 20, 1L << 40);
        Assert.InRange(host.Last["proc.count"], 1, 1e6);
    }

    [Fact]
    public void Portable_ThisMachine_Works()
    {
        var host = new Host(new PortableSampler());
        host.Step(10 * Second);
        host.Step(11 * Second);
        Assert.Contains("self.cpu", host.Last.Keys);
        Assert.Contains(host.Last.Keys, k => k.StartsWith("disk.used_percent{", StringComparison.Ordinal));
    }

    private static void WriteFixtures(string root, string cpu, long bytes, long sectors, long stalled)
    {
        Write("proc/stat", $"{cpu}\nctxt 5\nprocs_running 1\n");
        Write("proc/loadavg", "2.50 1.00 0.50 1/99 1234\n");
        Write("proc/meminfo", "MemTotal: 4096 kB\nMemAvailable: 3072 kB\nCached: 100 kB\nSwapTotal: 100 kB\nSwapFree: 50 kB\n");
        Write("proc/pressure/cpu", $"some avg10=0.00 avg60=0.00 avg300=0.00 total={stalled}\n");
        Write("proc/diskstats", $" 254 0 vda 5 0 {sectors} 1 5 0 {sectors} 1 0 1 1\n 254 1 vda1 5 0 {sectors} 1 5 0 0 1 0 1 1\n 7 0 loop0 0 0 0 0 0 0 0 0 0 0 0\n");
        Write("proc/net/dev", $"h\nh\n eth0: {bytes} 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0\n ifb0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
        Write("sys/class/thermal/thermal_zone0/temp", "48500\n");
        Directory.CreateDirectory(Path.Combine(root, "sys/block/vda"));
        Directory.CreateDirectory(Path.Combine(root, "proc/1"));
        Directory.CreateDirectory(Path.Combine(root, "proc/77"));

        void Write(string path, string text)
        {
            var full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }

    private sealed class FailingSampler : IHostSampler
    {
        public void Sample(HostSample sample)
        {
            sample.Gauge("x", 5);
            sample.Gauge("nan", double.NaN);
            throw new IOException("disk on fire");
        }
    }

    private sealed class Host : IPointConsumer
    {
        private readonly SeriesCatalog _catalog;
        private readonly SourceRegistry _sources;
        private readonly IngestPipeline _pipeline;
        private readonly HostMetricsSource _source;

        public Host(IHostSampler sampler, Limits? limits = null)
        {
            limits ??= new Limits();
            _catalog = new SeriesCatalog(limits);
            var options = Options.Create(new IngestOptions());
            _sources = new SourceRegistry(options);
            _pipeline = new IngestPipeline([this], new FakePointStore(), options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
            _source = new HostMetricsSource(sampler, _pipeline, _sources, new Admission(limits, _catalog), Options.Create(new HostMetricsOptions()),
                new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance), TimeProvider.System, NullLogger<HostMetricsSource>.Instance);
        }

        public Dictionary<string, double> Last { get; } = [];

        public SourceSnapshot Source => _sources.Snapshot(0).Single();

        public void Step(long now)
        {
            Last.Clear();
            _source.Step(now);
            while (_pipeline.StepAsync().AsTask().GetAwaiter().GetResult())
            {
            }
        }

        public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
        {
            for (var i = 0; i < batch.Count; i++) Last.Add(_catalog[batch.Series[i]].ToString(), batch.Values[i]);
            return ValueTask.CompletedTask;
        }
    }
}
