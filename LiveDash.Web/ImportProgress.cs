using System.Globalization;

namespace LiveDash.Web;

/// <summary>Says how much of a file was read, on one line that is written over; for reading by one reader.</summary>
/// <param name="inner">The file.</param>
/// <param name="output">Where it is said.</param>
internal sealed class ImportProgress(FileStream inner, TextWriter output) : Stream
{
    private int _told = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Tell();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Tell()
    {
        var percent = inner.Length == 0 ? 100 : (int)(inner.Position * 100 / inner.Length);
        if (percent == _told) return;
        _told = percent;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', percent / 4).PadRight(25)}] {percent} %"));
    }
}
