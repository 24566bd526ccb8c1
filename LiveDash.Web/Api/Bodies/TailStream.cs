namespace LiveDash.Web.Api.Bodies;

/// <summary>
/// Hands on what it reads, the very last byte alone, and after it an epilogue. So whoever undoes an encoding shows where it ended: before the last byte, at it,
/// or not yet. For reading by one reader.
/// </summary>
/// <param name="inner">What is read; not disposed with this.</param>
/// <param name="epilogue">What follows the last byte; may be empty.</param>
internal sealed class TailStream(Stream inner, ReadOnlyMemory<byte> epilogue) : ReadOnlyStream
{
    private readonly byte[] _ahead = new byte[16 * 1024];
    private int _at;
    private int _length;
    private bool _ended;
    private bool _started;
    private ReadOnlyMemory<byte> _epilogue = epilogue;

    /// <summary>True once the last byte was handed on, or there never was one.</summary>
    public bool LastGiven { get; private set; }

    /// <summary>True once more than the last byte was asked for.</summary>
    public bool AskedForMore { get; private set; }

    /// <summary>How many bytes were handed on, without the epilogue.</summary>
    public long Given { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && _length - _at < 2) Filled(await inner.ReadAsync(Free(), cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _length - _at < 2) Filled(inner.Read(Free().Span));
        return Take(buffer);
    }

    private Memory<byte> Free()
    {
        if (_at > 0)
        {
            _ahead.AsSpan(_at, _length - _at).CopyTo(_ahead);
            (_at, _length) = (0, _length - _at);
        }

        return _ahead.AsMemory(_length);
    }

    private void Filled(int read)
    {
        _ended = read == 0;
        _length += read;
        _started |= read > 0;
    }

    private int Take(Span<byte> buffer)
    {
        var ready = _length - _at;
        if (ready == 0)
        {
            LastGiven = true;
            AskedForMore = _started;
            if (!_started) return 0;
            var rest = Math.Min(buffer.Length, _epilogue.Length);
            _epilogue.Span[..rest].CopyTo(buffer);
            _epilogue = _epilogue[rest..];
            return rest;
        }

        var count = Math.Min(buffer.Length, Math.Max(1, ready - 1));
        _ahead.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        Given += count;
        LastGiven = _ended && _at == _length;
        return count;
    }
}
