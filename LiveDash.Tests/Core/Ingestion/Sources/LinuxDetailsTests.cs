using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Sources;
using LiveDash.Core.Ingestion.Sources.Proc;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion.Sources;

public sealed class LinuxDetailsTests : IDisposable
{
    private const long Second = TimeSpan.TicksPerSecond;
    private readonly TempDirectory _root = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly HostSample _sample;
    private readonly LinuxDetails _details;

    public LinuxDetailsTests()
    {
        _sample = new HostSample(new Admission(new Limits(), _catalog), new SourceRegistry(Options.Create(new IngestOptions())).Get("host", "test"));
        _details = new LinuxDetails(new KernelFiles(_root.Path));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Disks_BetweenTwoSamples_TellLatencyAndQueue()
    {
        Write("proc/diskstats", " 254 0 vda 100 0 0 500 200 0 0 800 0 0 1000\n");
        Sample(10);
        Write("proc/diskstats", " 254 0 vda 110 0 0 530 200 0 0 800 0 0 6000\n");
        var values = Sample(15);
        Assert.Equal((3, 1), (values["disk.read_latency_ms{device=vda}"], values["disk.queue{device=vda}"]));
        Assert.DoesNotContain("disk.write_latency_ms{device=vda}", values.Keys);
    }

    [Fact]
    public void Sockets_OfBothFamilies_AreCountedByState()
    {
        Write("proc/net/tcp", "  sl  local_address rem_address   st\n   0: 0100007F:1F90 00000000:0000 0A 0\n   1: 0100007F:1F90 0100007F:C350 01 0\n");
        Write("proc/net/tcp6", "h\n   0: 0:1 0:2 01 0\n   1: 0:1 0:2 06 0\n");
        Write("proc/net/sockstat", "sockets: used 90\nTCP: inuse 4 orphan 0\nUDP: inuse 2 mem 1\n");
        var values = Sample(10);
        Assert.Equal((2, 1, 1, 0), (values["net.sockets{state=established}"], values["net.sockets{state=listen}"], values["net.sockets{state=time_wait}"], values["net.sockets{state=close_wait}"]));
        Assert.Equal((4, 2), (values["net.sockets_in_use{kind=tcp}"], values["net.sockets_in_use{kind=udp}"]));
    }

    [Fact]
    public void Processes_OfOneName_AreTakenTogetherAndNoArgumentIsTold()
    {
        Process(7, "web (a b)", jiffies: 100, pages: 10, bytes: 0);
        Process(8, "web (a b)", jiffies: 50, pages: 5, bytes: 0);
        Sample(10);
        Process(7, "web (a b)", jiffies: 150, pages: 10, bytes: 5000);
        Process(8, "web (a b)", jiffies: 100, pages: 5, bytes: 0);
        Write("proc/7/cmdline", "web\0--password=hush\0");
        var values = Sample(15);
        Assert.Equal(20, values["process.cpu_percent{name=web (a b)}"], 9);
        Assert.Equal(1000, values["process.disk_bytes{name=web (a b)}"], 9);
        Assert.Equal(15.0 * Environment.SystemPageSize, values["process.mem_bytes{name=web (a b)}"]);
        Assert.DoesNotContain(values.Keys, static key => key.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public void Processes_ManyOfThem_AreBounded()
    {
        for (var i = 0; i < 40; i++) Process(100 + i, "p" + i, jiffies: 1, pages: i + 1, bytes: 0);
        var values = Sample(10);
        Assert.Equal(LinuxProcesses.Top, values.Keys.Count(static key => key.StartsWith("process.mem_bytes", StringComparison.Ordinal)));
        Assert.Contains("process.mem_bytes{name=p39}", values.Keys);
    }

    [Fact]
    public void Groups_ServicesAndContainers_TellProcessorAndMemory()
    {
        var id = new string('a', 64);
        Write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        foreach (var (path, usec) in new[] { ("system.slice/nginx.service", 1_000_000), ($"system.slice/docker-{id}.scope", 0) })
        {
            Write($"sys/fs/cgroup/{path}/cpu.stat", $"usage_usec {usec}\n");
            Write($"sys/fs/cgroup/{path}/memory.current", "4096\n");
        }

        Sample(10);
        Write("sys/fs/cgroup/system.slice/nginx.service/cpu.stat", "usage_usec 2000000\n");
        var values = Sample(15);
        Assert.Equal((20, 4096), (values["cgroup.cpu_percent{group=nginx}"], values["cgroup.mem_bytes{group=nginx}"]));
        Assert.Contains("cgroup.mem_bytes{group=docker-aaaaaaaaaaaa}", values.Keys);
    }

    [Fact]
    public void SensorsAndInterrupts_AreTold()
    {
        Write("sys/class/hwmon/hwmon0/name", "k10temp\n");
        Write("sys/class/hwmon/hwmon0/temp1_input", "48500\n");
        Write("sys/class/hwmon/hwmon0/fan1_input", "1200\n");
        Write("proc/stat", "intr 1000 1 2\nsoftirq 10 1\n");
        Sample(10);
        Write("proc/stat", "intr 2000 1 2\nsoftirq 60 1\n");
        var values = Sample(15);
        Assert.Equal((48.5, 1200), (values["sensor.celsius{sensor=k10temp/temp1}"], values["sensor.fan_rpm{sensor=k10temp/fan1}"]));
        Assert.Equal((200, 10), (values["cpu.interrupts"], values["cpu.soft_interrupts"]));
    }

    [Fact]
    public void ThisMachine_IsReadWithoutAFault()
    {
        if (!OperatingSystem.IsLinux()) return;
        var details = new LinuxDetails(new KernelFiles(""));
        _sample.Begin(10 * Second);
        details.Sample(_sample, [new("1:1", "/")], static _ => true);
        var batch = _sample.End();
        Assert.True(batch.Count > 5);
        batch.Release();
    }

    private void Process(int id, string name, long jiffies, long pages, long bytes)
    {
        Write($"proc/{id}/stat", $"{id} ({name}) S 1 2 3 4 5 6 7 8 9 10 {jiffies} 0 0 0 20 0 1 0 100 5000 {pages} 1\n");
        Write($"proc/{id}/io", $"rchar: 1\nread_bytes: {bytes}\nwrite_bytes: 0\n");
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private Dictionary<string, double> Sample(int second)
    {
        _sample.Begin(second * Second);
        _details.Sample(_sample, [], static _ => true);
        var batch = _sample.End();
        var values = new Dictionary<string, double>();
        for (var i = 0; i < batch.Count; i++) values.Add(_catalog[batch.Series[i]].ToString(), batch.Values[i]);
        batch.Release();
        return values;
    }
}
