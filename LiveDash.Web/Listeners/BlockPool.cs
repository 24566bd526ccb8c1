using System.Buffers;
using System.Runtime.InteropServices;

namespace LiveDash.Web.Listeners;

/// <summary>
/// Blocks of memory that Kestrel receives into and sends from, four times as large as its own: a body of points takes a quarter of the calls of the system, and a quarter of its lines lie across
/// two blocks. An idle connection holds none. Pinned, so that the system writes into them without a handle. Thread-safe.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>The size of every block.</summary>
    public const int BlockBytes = 16 * 1024;

    // What is given back beyond 2 MiB is left to the collector.
    private const int MostKept = 128;

    private readonly Lock _gate = new();
    private readonly Stack<Block> _free = new();

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockBytes;

    /// <summary>How many blocks wait to be used again.</summary>
    public int Kept
    {
        get
        {
            lock (_gate) return _free.Count;
        }
    }

    /// <summary>A block; its owner gives it back once, by <see cref="IDisposable.Dispose"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is asked for than a block holds.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        lock (_gate)
        {
            if (_free.TryPop(out var block)) return block;
        }

        return new Block(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate) _free.Clear();
    }

    private void Return(Block block)
    {
        lock (_gate)
        {
            if (_free.Count < MostKept) _free.Push(block);
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

        public void Dispose() => pool.Return(this);
    }
}
