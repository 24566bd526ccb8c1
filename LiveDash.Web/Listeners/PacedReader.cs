using System.Buffers;
using System.IO.Pipelines;
using LiveDash.Core.Ingestion.Listeners;

namespace LiveDash.Web.Listeners;

/// <summary>Reads no faster than a rate, by reading nothing for a while after what came too fast. One reader owns it.</summary>
internal sealed class PacedReader(PipeReader inner, long bytesPerSecond, TimeProvider time) : PipeReader
{
    private readonly RateGate _rate = new(bytesPerSecond, time);
    private ReadOnlySequence<byte> _seen;
    private TimeSpan _pause;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var taken = _seen.IsEmpty ? 0 : _seen.Slice(_seen.Start, consumed).Length;
        _seen = default;
        if (taken > 0) _pause = _rate.Take(taken);
        inner.AdvanceTo(consumed, examined);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_pause > TimeSpan.Zero)
        {
            var pause = _pause;
            _pause = TimeSpan.Zero;
            await Task.Delay(pause, time, cancellationToken);
        }

        return Seen(await inner.ReadAsync(cancellationToken));
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        if (_pause > TimeSpan.Zero || !inner.TryRead(out result)) return false;
        Seen(result);
        return true;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private ReadResult Seen(ReadResult result)
    {
        _seen = result.Buffer;
        return result;
    }
}
