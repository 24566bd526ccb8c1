namespace LiveDash.Web.Api.Bodies;

/// <summary>Counts what is read through it and stops where <paramref name="check"/> names a breach. For reading by one reader.</summary>
/// <param name="inner">What is read; disposed with this.</param>
/// <param name="check">Gets the bytes read so far; answers null, or what limit was breached.</param>
internal sealed class BoundedStream(Stream inner, Func<long, string?> check) : Stream
{
    /// <summary>How many bytes were read so far.</summary>
    public long Total { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Total;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        Total += read;
        return check(Total) is { } breach ? throw new BodyTooLargeException(breach) : read;
    }
}
