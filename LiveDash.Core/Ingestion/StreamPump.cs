using System.IO.Pipelines;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>Moves bytes from a pipe through a decoder into a session until the sender ends. Stateless.</summary>
public static class StreamPump
{
    /// <summary>Reads until so many bytes are there or the sender ends; the caller says how far it took them.</summary>
    /// <exception cref="TimeoutException">They did not come within <see cref="Limits.MaxIdle"/>.</exception>
    internal static async Task<ReadResult> ReadHeadAsync(PipeReader reader, int bytes, Limits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(limits.MaxIdle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await reader.ReadAtLeastAsync(bytes, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Silence(limits);
        }
    }

    /// <summary>
    /// Runs until the pipe is completed. What is decoded is queued when a batch is full, and whenever the sender pauses, so that a slow stream shows at once.
    /// </summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="decoder">A fresh decoder.</param>
    /// <param name="session">Where the points go.</param>
    /// <param name="limits">For how long the sender may say nothing, and how many lines may be refused.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="QueueFullException">See <see cref="IngestSession.FlushAsync"/>.</exception>
    /// <exception cref="TooManyFaultsException">More lines were refused than <see cref="Limits.MaxFaults"/> allows.</exception>
    /// <exception cref="TimeoutException">The sender said nothing for too long.</exception>
    public static async Task RunAsync(
        PipeReader reader, StreamDecoder decoder, IngestSession session, Limits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        session.OncePerValue = decoder.OncePerValue;
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var since = time.GetTimestamp();
        while (true)
        {
            var pending = reader.ReadAsync(either.Token);
            if (!pending.IsCompleted)
            {
                if (session.HasPoints) await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                // A byte now and then is no progress where a line does not end: who sends so would hold the connection for ever.
                var left = limits.MaxIdle - time.GetElapsedTime(since);
                idle.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }

            ReadResult read;
            try
            {
                read = await pending.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw Silence(limits);
            }

            idle.CancelAfter(Timeout.InfiniteTimeSpan);
            var buffer = read.Buffer;
            var now = session.Now;
            var length = buffer.Length;
            while (true)
            {
                buffer = buffer.Slice(decoder.Decode(buffer, read.IsCompleted, now, session));
                if (!session.IsFull) break;
                await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (session.IsHopeless(limits.MaxFaults)) throw new TooManyFaultsException(limits.MaxFaults);
            }

            if (buffer.Length < length) since = time.GetTimestamp();
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static TimeoutException Silence(Limits limits) => new($"No whole line came for {limits.MaxIdle:c} (LiveDash:Limits:MaxIdle).");
}
