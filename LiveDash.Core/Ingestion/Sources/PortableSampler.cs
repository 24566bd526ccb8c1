using System.Net.NetworkInformation;
using System.Runtime.Versioning;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>Windows, macOS and the rest: what .NET gives, and on Windows processor time and memory from kernel32.</summary>
internal sealed class PortableSampler : IHostSampler
{
    private long[]? _cpu;

    public void Sample(HostSample sample)
    {
        if (OperatingSystem.IsWindows())
        {
            Cpu(sample);
            Memory(sample);
        }

        Space(sample);
        Network(sample);
        sample.Gauge("host.uptime_seconds", Environment.TickCount64 / 1000.0);
        SelfSampler.Sample(sample);
    }

    [SupportedOSPlatform("windows")]
    private void Cpu(HostSample sample)
    {
        if (!WindowsCounters.TryGetCpu(out var times)) return;
        if (_cpu is not null && CpuShares.Between(_cpu, times) is { } shares)
        {
            sample.Gauge("cpu.usage", shares.Usage);
            sample.Gauge("cpu.mode", shares.Modes[0], "mode", "user");
            sample.Gauge("cpu.mode", shares.Modes[2], "mode", "system");
            sample.Gauge("cpu.mode", shares.Modes[3], "mode", "idle");
        }

        _cpu = times;
    }

    [SupportedOSPlatform("windows")]
    private static void Memory(HostSample sample)
    {
        if (!WindowsCounters.TryGetMemory(out var total, out var available) || total == 0) return;
        sample.Gauge("mem.total_bytes", total);
        sample.Gauge("mem.available_bytes", available);
        sample.Gauge("mem.used_bytes", total - available);
        sample.Gauge("mem.used_percent", 100.0 * (total - available) / total);
    }

    private static void Space(HostSample sample)
    {
        foreach (var drive in DriveInfo.GetDrives())
        {
            // Network drives may hang for minutes.
            if (drive.DriveType == DriveType.Fixed) DriveSpace.Sample(sample, drive.Name);
        }
    }

    private static void Network(HostSample sample)
    {
        foreach (var net in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (net.OperationalStatus != OperationalStatus.Up) continue;
            IPInterfaceStatistics figures;
            try
            {
                figures = net.GetIPStatistics();
            }
            catch (NetworkInformationException)
            {
                continue;
            }

            if (figures.BytesReceived + figures.BytesSent == 0) continue;
            sample.Rate("net.rx_bytes", figures.BytesReceived, "if", net.Name);
            sample.Rate("net.tx_bytes", figures.BytesSent, "if", net.Name);
            sample.Rate("net.rx_packets", figures.UnicastPacketsReceived + figures.NonUnicastPacketsReceived, "if", net.Name);
            sample.Rate("net.tx_packets", figures.UnicastPacketsSent, "if", net.Name);
            sample.Rate("net.rx_errors", figures.IncomingPacketsWithErrors, "if", net.Name);
            sample.Rate("net.tx_errors", figures.OutgoingPacketsWithErrors, "if", net.Name);
        }
    }
}
