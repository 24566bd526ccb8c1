using System.Collections.Frozen;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// Guesses a series' unit from its name, for showing numbers: the host's own series by their exact name, others by the usual endings
/// (<c>_bytes</c>, <c>_bytes_per_second</c>, <c>_percent</c>, <c>_seconds</c>, <c>_ms</c>, <c>_celsius</c>, <c>_per_second</c>). Tags do not matter. Thread-safe.
/// </summary>
public static class SeriesUnits
{
    private static readonly FrozenDictionary<string, SeriesUnit> s_exact = new Dictionary<string, SeriesUnit>
    {
        ["cpu.usage"] = SeriesUnit.Percent,
        ["cpu.mode"] = SeriesUnit.Percent,
        ["pressure.cpu"] = SeriesUnit.Percent,
        ["pressure.memory"] = SeriesUnit.Percent,
        ["pressure.io"] = SeriesUnit.Percent,
        ["self.cpu"] = SeriesUnit.Percent,
        ["self.allocated_bytes"] = SeriesUnit.BytesPerSecond,
        ["disk.read_bytes"] = SeriesUnit.BytesPerSecond,
        ["disk.write_bytes"] = SeriesUnit.BytesPerSecond,
        ["disk.read_ops"] = SeriesUnit.PerSecond,
        ["disk.write_ops"] = SeriesUnit.PerSecond,
        ["net.rx_bytes"] = SeriesUnit.BytesPerSecond,
        ["net.tx_bytes"] = SeriesUnit.BytesPerSecond,
        ["net.rx_packets"] = SeriesUnit.PerSecond,
        ["net.tx_packets"] = SeriesUnit.PerSecond,
        ["net.rx_errors"] = SeriesUnit.PerSecond,
        ["net.tx_errors"] = SeriesUnit.PerSecond,
        ["net.rx_drops"] = SeriesUnit.PerSecond,
        ["net.tx_drops"] = SeriesUnit.PerSecond,
        ["proc.context_switches"] = SeriesUnit.PerSecond,
        ["temp.celsius"] = SeriesUnit.Celsius,
    }.ToFrozenDictionary();

    // The longer ending first.
    private static readonly (string Ending, SeriesUnit Unit)[] s_endings =
    [
        ("bytes_per_second", SeriesUnit.BytesPerSecond), ("bytes_per_sec", SeriesUnit.BytesPerSecond), ("per_second", SeriesUnit.PerSecond),
        ("per_sec", SeriesUnit.PerSecond), ("bytes", SeriesUnit.Bytes), ("percent", SeriesUnit.Percent), ("pct", SeriesUnit.Percent),
        ("milliseconds", SeriesUnit.Milliseconds), ("ms", SeriesUnit.Milliseconds), ("seconds", SeriesUnit.Seconds), ("celsius", SeriesUnit.Celsius),
    ];

    /// <summary>A unit as it is written behind a number; empty for none.</summary>
    public static string Text(SeriesUnit unit) => unit switch
    {
        SeriesUnit.Bytes => "bytes",
        SeriesUnit.BytesPerSecond => "bytes/s",
        SeriesUnit.Percent => "%",
        SeriesUnit.Seconds => "s",
        SeriesUnit.Milliseconds => "ms",
        SeriesUnit.PerSecond => "/s",
        SeriesUnit.Celsius => "°C",
        _ => "",
    };

    /// <summary>The unit of a series by its name (<see cref="Model.SeriesKey.Name"/>), or None.</summary>
    public static SeriesUnit Of(string name)
    {
        if (s_exact.TryGetValue(name, out var exact)) return exact;
        foreach (var (ending, unit) in s_endings)
        {
            if (!name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) continue;
            // A whole word of the name: "items" does not end in "ms".
            if (name.Length == ending.Length || name[^(ending.Length + 1)] is '_' or '.' or '-' or ' ') return unit;
        }

        return SeriesUnit.None;
    }
}
