namespace LiveDash.Core.Jobs.Remote;

/// <summary>Reads another stream and remembers its last eight bytes, which say whether an Arrow stream came to its end. One reader; not thread-safe.</summary>
internal sealed class ArrowTail(Stream from) : Stream
{
    // "End of stream" of the IPC format: the continuation mark, then a message of no bytes.
    private const ulong End = 0x00000000_FFFFFFFF;
    private ulong _last;

    /// <summary>True where what was read last is the mark of the end.</summary>
    internal bool IsWhole => _last == End;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = from.Read(buffer);
        foreach (var one in buffer[Math.Max(0, read - sizeof(ulong))..read]) _last = (_last >> 8) | ((ulong)one << 56);
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
