using System.IO.Pipelines;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// Runs one connection of a line protocol, without a socket: refuses what begins like HTTP, decodes, queues, and is slowed by a full queue or a rate by reading
/// nothing more, so nothing is lost. Stateless.
/// </summary>
public static class LineSession
{
    /// <summary>After so many lines that are too long the connection is closed: whoever sends them does not speak the protocol.</summary>
    public const int MaxLongLines = 3;

    /// <summary>Runs until the sender ends or is closed.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="decoder">A fresh decoder.</param>
    /// <param name="session">Where the points go; its patience is endless.</param>
    /// <param name="options">The bounds of the listener.</param>
    /// <param name="limits">The bounds of a line, and of how many may be refused.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Why the connection is to be closed, or null where the sender ended it.</returns>
    public static async Task<string?> RunAsync(
        PipeReader reader, StreamDecoder decoder, IngestSession session, ListenerOptions options, Limits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        session.OncePerValue = decoder.OncePerValue;
        var bytes = new ListenerReader(reader, options, time);
        if (await bytes.SniffAsync(cancellationToken).ConfigureAwait(false) is { } reason) return reason;
        while (true)
        {
            if (await bytes.ReadAsync(session, cancellationToken).ConfigureAwait(false) is not { } read) return "idle";
            var buffer = read.Buffer;
            var before = buffer.Length;
            var now = session.Now;
            while (true)
            {
                buffer = buffer.Slice(decoder.Decode(buffer, read.IsCompleted, now, session));
                if (!session.IsFull) break;
                await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (session.IsHopeless(limits.MaxFaults)) return "too_many_faults";
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return null;
            if (session.RejectedFor(RejectReason.LineTooLong) >= MaxLongLines) return "lines_too_long";
            await bytes.PaceAsync(before - buffer.Length, session, cancellationToken).ConfigureAwait(false);
        }
    }
}
