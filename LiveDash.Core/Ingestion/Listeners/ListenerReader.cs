using System.IO.Pipelines;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>Reads one connection within its idle and rate bounds. One reader owns it.</summary>
internal sealed class ListenerReader(PipeReader reader, ListenerOptions options, TimeProvider time)
{
    private readonly RateGate _rate = new(options.MaxBytesPerSecond, time);

    /// <summary>Looks at the first bytes and takes none; the reason to close, or null.</summary>
    public async ValueTask<string?> SniffAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadAsync(null, cancellationToken).ConfigureAwait(false) is not { } read) return "idle";
            var verdict = HttpSniff.Judge(read.Buffer, read.IsCompleted);
            // Looked at, and not taken: where it is sound the next read gives the same bytes.
            if (verdict is null) reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            else reader.AdvanceTo(read.Buffer.Start);
            if (verdict is not null) return verdict.Length == 0 ? null : verdict;
        }
    }

    /// <summary>Reads; what is decoded is queued whenever the sender pauses, so that a slow stream shows at once. Null where it said nothing for too long.</summary>
    public async ValueTask<ReadResult?> ReadAsync(IngestSession? session, CancellationToken cancellationToken)
    {
        var pending = reader.ReadAsync(cancellationToken);
        if (pending.IsCompleted) return await pending.ConfigureAwait(false);
        if (session is { HasPoints: true } or { Rejected: > 0 }) await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        var task = pending.AsTask();
        try
        {
            return await task.WaitAsync(options.MaxIdle, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The read itself is given up too, so that the pipe can be completed.
            reader.CancelPendingRead();
            await task.ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Waits for as long as the rate asks; what was decoded is queued first.</summary>
    public async ValueTask PaceAsync(long taken, IngestSession session, CancellationToken cancellationToken)
    {
        var pause = _rate.Take(taken);
        if (pause == TimeSpan.Zero) return;
        await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }
}
