using System.Collections.Concurrent;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Reads the bodies of sealed blocks from a server, and those that follow in the same scan along with them: a round trip for sixteen. What was read ahead waits for
/// its scan in a store that all scans share. Thread-safe.
/// </summary>
/// <param name="read">Reads the bodies of some blocks in one round trip and gives each that is there with its number.</param>
internal sealed class BodiesAhead(Action<IReadOnlyList<long>, Action<long, byte[]>> read)
{
    // Bodies read ahead, all scans together: about 4 MiB. When it is full, scans read one by one.
    private const int MaxWaiting = 256;

    private readonly ConcurrentDictionary<long, byte[]> _waiting = new();

    /// <summary>Reads a body into the beginning of an array; false where the block is gone.</summary>
    public bool TryRead(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        if (!_waiting.TryRemove(block.Id, out var body))
        {
            body = Read(block.Id, next);
            if (body is null) return false;
        }

        // A body of another length is not the block we know: its checksum is wrong then, too.
        body.AsSpan(0, Math.Min(body.Length, into.Length)).CopyTo(into);
        return true;
    }

    private byte[]? Read(long wanted, ReadOnlySpan<BlockHeader> next)
    {
        if (_waiting.Count + next.Length > MaxWaiting) _waiting.Clear();
        var ids = new List<long>(next.Length + 1) { wanted };
        foreach (var one in next)
        {
            if (!_waiting.ContainsKey(one.Id)) ids.Add(one.Id);
        }

        byte[]? body = null;
        read(ids, (id, bytes) =>
        {
            if (id == wanted) body = bytes;
            else _waiting[id] = bytes;
        });
        return body;
    }
}
