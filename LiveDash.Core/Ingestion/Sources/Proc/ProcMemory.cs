namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>/proc/meminfo: <c>MemTotal:       24684100 kB</c>, here in bytes; null where a line is missing. Immutable.</summary>
internal sealed record ProcMemory
{
    /// <summary>Physical memory.</summary>
    public long? Total { get; init; }

    /// <summary>What programs could still get without swapping (kernels since 3.14).</summary>
    public long? Available { get; init; }

    /// <summary>The page cache.</summary>
    public long? Cached { get; init; }

    /// <summary>Swap space.</summary>
    public long? SwapTotal { get; init; }

    /// <summary>Unused swap space.</summary>
    public long? SwapFree { get; init; }

    /// <summary>Reads the file.</summary>
    public static ProcMemory Parse(ReadOnlySpan<byte> text)
    {
        long? total = null, available = null, cached = null, swapTotal = null, swapFree = null;
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            if (!line.Until((byte)':', out var name) || !line.TryNumber(out long kilobytes)) continue;
            var bytes = kilobytes * 1024;
            if (name.SequenceEqual("MemTotal"u8)) total = bytes;
            else if (name.SequenceEqual("MemAvailable"u8)) available = bytes;
            else if (name.SequenceEqual("Cached"u8)) cached = bytes;
            else if (name.SequenceEqual("SwapTotal"u8)) swapTotal = bytes;
            else if (name.SequenceEqual("SwapFree"u8)) swapFree = bytes;
        }

        return new() { Total = total, Available = available, Cached = cached, SwapTotal = swapTotal, SwapFree = swapFree };
    }
}
