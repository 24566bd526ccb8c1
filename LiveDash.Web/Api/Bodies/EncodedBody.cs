using System.Buffers;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Bodies;

/// <summary>
/// The plain bytes of an encoded body. Up to 8 MiB of it are held until all has come and was decoded once, its checksum and its end found right: nothing of a
/// damaged body is handed on. Of a longer one what came before the damage is. For reading by one reader; the first read does the work.
/// </summary>
/// <param name="body">The encoded bytes.</param>
/// <param name="encoding">As <see cref="BodyEncoding.TryRead"/> gives it; "" for one that is not supported, which the first read tells.</param>
/// <param name="limits">The bounds.</param>
/// <param name="budget">What all bodies held at a time may take together.</param>
/// <param name="time">The clock, for a sender that says nothing for too long.</param>
internal sealed class EncodedBody(Stream body, string encoding, Limits limits, HeldBytes budget, TimeProvider time) : ReadOnlyStream
{
    /// <summary>How much of an encoded body is held and checked before anything of it is handed on.</summary>
    public const int MaxHeld = 8 * 1024 * 1024;

    // What the check decodes is kept up to here, so that a usual body is decoded once.
    private const int MaxKept = 1024 * 1024;
    private const int PieceBytes = 64 * 1024;
    private readonly List<(byte[] Bytes, int Length)> _held = [];
    private byte[]? _kept;
    private int _keptLength;
    private int _keptAt;
    private CheckedDecoder? _rest;
    private bool _opened;
    private long _heldBytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await PrepareAsync(cancellationToken);
        if (_kept is null) return _rest is null ? 0 : await _rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _keptLength - _keptAt);
        _kept.AsSpan(_keptAt, count).CopyTo(buffer.Span);
        _keptAt += count;
        return count;
    }

    /// <summary>Receives and checks what is held of the body; the first read does it where nobody asked before.</summary>
    /// <exception cref="BodyRefusedException">The body is damaged, its encoding is not known, or nothing came for too long.</exception>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (_opened) return;
        _opened = true;
        await OpenAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest?.Dispose();
            if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
            _kept = null;
            LetGo();
        }

        base.Dispose(disposing);
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (encoding.Length == 0) throw BodyRefusedException.Unsupported();
        var all = await HoldAsync(cancellationToken);
        // Each encoding says something even of nothing: not a byte of it is a body that was lost.
        if (_heldBytes == 0) throw BodyRefusedException.Truncated(encoding);
        var isRaw = _held.Count > 0 && BodyEncoding.IsRawDeflate(_held[0].Bytes.AsSpan(0, _held[0].Length));
        if (!all)
        {
            _rest = new CheckedDecoder(encoding, new HeldStream(_held, body), isRaw, limits);
            return;
        }

        if (await CheckAsync(isRaw, cancellationToken))
        {
            LetGo();
            return;
        }

        ArrayPool<byte>.Shared.Return(_kept!);
        _kept = null;
        _rest = new CheckedDecoder(encoding, new HeldStream(_held, Null), isRaw, limits);
    }

    // False where the body is longer than what is held.
    private async ValueTask<bool> HoldAsync(CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        while (_heldBytes < MaxHeld)
        {
            if (_held.Count == 0 || _held[^1].Length == _held[^1].Bytes.Length)
            {
                if (!budget.TryTake(PieceBytes)) throw new BodyRefusedException(StatusCodes.Status429TooManyRequests, "queue_full", "Too many compressed bodies are being received; send it again in a moment.");
                _held.Add((ArrayPool<byte>.Shared.Rent(PieceBytes), 0));
            }

            var (piece, length) = _held[^1];
            idle.CancelAfter(limits.MaxIdle);
            int read;
            try
            {
                read = await body.ReadAsync(piece.AsMemory(length), either.Token);
            }
            catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new BodyRefusedException(StatusCodes.Status408RequestTimeout, "idle", $"Nothing came for {limits.MaxIdle:c} (LiveDash:Limits:MaxIdle).");
            }

            if (read == 0) return true;
            _held[^1] = (piece, length + read);
            _heldBytes += read;
        }

        return false;
    }

    // Decodes everything once; true where all of it could be kept.
    private async ValueTask<bool> CheckAsync(bool isRaw, CancellationToken cancellationToken)
    {
        _kept = ArrayPool<byte>.Shared.Rent(MaxKept);
        await using var check = new CheckedDecoder(encoding, new HeldStream(_held, Null), isRaw, limits);
        while (_keptLength < _kept.Length)
        {
            var read = await check.ReadAsync(_kept.AsMemory(_keptLength), cancellationToken);
            if (read == 0) return true;
            _keptLength += read;
        }

        while (await check.ReadAsync(_kept, cancellationToken) > 0)
        {
        }

        return false;
    }

    private void LetGo()
    {
        foreach (var (bytes, _) in _held) ArrayPool<byte>.Shared.Return(bytes);
        budget.Give((long)_held.Count * PieceBytes);
        _held.Clear();
    }
}
