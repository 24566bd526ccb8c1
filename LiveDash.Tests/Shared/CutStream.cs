using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Shared;

/// <summary>Stands before an answer's body and cuts the connection once so many bytes have passed. Used by one answer.</summary>
internal sealed class CutStream(HttpContext context, int after) : Stream
{
    private readonly Stream _to = context.Response.Body;
    private int _left = after;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var some = Math.Min(_left, buffer.Length);
        _left -= some;
        await _to.WriteAsync(buffer[..some], cancellationToken);
        if (some == buffer.Length) return;
        await _to.FlushAsync(cancellationToken);
        context.Abort();
        throw new OperationCanceledException(context.RequestAborted);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => _to.FlushAsync(cancellationToken);

    public override void Flush() => _to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
