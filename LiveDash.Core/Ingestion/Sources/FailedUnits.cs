using System.ComponentModel;
using System.Diagnostics;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>How many units of systemd failed, asked of systemctl once a minute in the background, since it is a program of its own. Absent where systemd does not run.</summary>
internal sealed class FailedUnits
{
    private static readonly long s_age = TimeSpan.TicksPerMinute;
    private volatile object? _count;
    private long _asked = long.MinValue / 2;

    /// <summary>The newest count, or null before the first.</summary>
    public int? Count(long nowTicks)
    {
        if (!Directory.Exists("/run/systemd/system")) return null;
        if (nowTicks - _asked >= s_age)
        {
            _asked = nowTicks;
            _ = AskAsync();
        }

        return (int?)_count;
    }

    private async Task AskAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("systemctl", ["list-units", "--failed", "--plain", "--no-legend"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null) return;
            var text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode == 0) _count = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            // No systemctl: then the count stays absent.
        }
    }
}
