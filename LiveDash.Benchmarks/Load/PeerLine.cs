using System.Text.Unicode;

namespace LiveDash.Benchmarks.Load;

/// <summary>One line of line protocol as the benchmark <c>peers</c> sends it.</summary>
internal static class PeerLine
{
    /// <summary>Writes it.</summary>
    public static bool TryWriteLine(this Span<byte> destination, int series, double value, long milliseconds, out int written) =>
        Utf8.TryWrite(destination, System.Globalization.CultureInfo.InvariantCulture, $"cpu,host=h{series} value={value:0.00} {milliseconds}000000\n", out written);
}
