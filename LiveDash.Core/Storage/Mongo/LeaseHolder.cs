using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MongoDB.Bson;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Who holds a lease: a store in a process on a machine, since one of its boots. One that died on this machine is known to be dead, so that a restart after a crash
/// need not wait until the lease lapses. Thread-safe.
/// </summary>
internal static class LeaseHolder
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    // The tokens of stores that are open in this process.
    private static readonly ConcurrentDictionary<string, byte> s_open = new(StringComparer.Ordinal);

    private static readonly Lazy<string> s_machine = new(static () => Environment.MachineName + (File.Exists(BootId) ? " " + File.ReadAllText(BootId).Trim() : ""));

    private static readonly Lazy<long> s_start = new(static () =>
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime().Ticks;
    });

    /// <summary>The lease of a store that opens now.</summary>
    public static BsonDocument Lease(string token, BsonDateTime until)
    {
        s_open[token] = 0;
        return new BsonDocument
        {
            { "_id", "owner" }, { "token", token }, { "who", string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}") },
            { "machine", s_machine.Value }, { "process", Environment.ProcessId }, { "start", s_start.Value }, { "until", until },
        };
    }

    /// <summary>The store was closed.</summary>
    public static void Closed(string token) => s_open.TryRemove(token, out _);

    /// <summary>True when the holder ran on this machine, in this boot, and runs no more.</summary>
    public static bool IsKnownDead(BsonDocument lease)
    {
        if (!lease.TryGetValue("machine", out var machine) || machine != s_machine.Value) return false;
        var (id, start) = (lease["process"].ToInt32(), lease["start"].ToInt64());
        if (id == Environment.ProcessId && start == s_start.Value) return !s_open.ContainsKey(lease["token"].AsString);
        try
        {
            using var process = Process.GetProcessById(id);
            // Another may have its number by now.
            return Math.Abs(process.StartTime.ToUniversalTime().Ticks - start) > 2 * TimeSpan.TicksPerSecond;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }
}
