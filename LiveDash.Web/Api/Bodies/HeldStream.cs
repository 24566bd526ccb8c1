namespace LiveDash.Web.Api.Bodies;

/// <summary>Reads pieces that are held, and then what follows them. For reading by one reader.</summary>
/// <param name="pieces">What is held; not changed meanwhile.</param>
/// <param name="rest">What follows; not disposed with this.</param>
internal sealed class HeldStream(List<(byte[] Bytes, int Length)> pieces, Stream rest) : ReadOnlyStream
{
    private int _piece;
    private int _at;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Take(buffer.Span);
        return read > 0 || buffer.IsEmpty ? ValueTask.FromResult(read) : rest.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Take(buffer);
        return read > 0 || buffer.IsEmpty ? read : rest.Read(buffer);
    }

    private int Take(Span<byte> buffer)
    {
        while (_piece < pieces.Count)
        {
            var (bytes, length) = pieces[_piece];
            var count = Math.Min(buffer.Length, length - _at);
            if (count > 0)
            {
                bytes.AsSpan(_at, count).CopyTo(buffer);
                _at += count;
                return count;
            }

            if (_at < length) return 0;
            _piece++;
            _at = 0;
        }

        return 0;
    }
}
