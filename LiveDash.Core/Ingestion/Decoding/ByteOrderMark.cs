using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>The byte order mark that may stand before UTF-8. Stateless.</summary>
internal static class ByteOrderMark
{
    /// <summary>Drops it where it is there; false when more bytes are needed to tell.</summary>
    public static bool TrySkip(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        Span<byte> head = stackalloc byte[3];
        var length = (int)Math.Min(3, buffer.Length);
        buffer.Slice(0, length).CopyTo(head);
        if (!mark.StartsWith(head[..length])) return true;
        if (length < 3 && !isLast) return false;
        if (length == 3) buffer = buffer.Slice(3);
        return true;
    }
}
