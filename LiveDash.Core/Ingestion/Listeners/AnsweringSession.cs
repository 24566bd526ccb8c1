using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// NDJSON over a connection. A sender that wants to know says <c>{"ack":"stored"}</c> (or <c>received</c>) as its first line and gets one line back for each that follows:
/// <c>{"line":2,"ok":true}</c> after the commit, or <c>{"line":3,"error":"not_finite","detail":"..."}</c>. Stateless.
/// </summary>
public sealed class AnsweringSession(PointDecoders decoders, Limits limits, TimeProvider time)
{
    private static readonly UTF8Encoding s_utf8 = new(false);

    /// <summary>Runs until the sender ends or is closed.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="answers">Where the answers go.</param>
    /// <param name="ack">What was asked for elsewhere, in an address for instance; null to look at the first line.</param>
    /// <param name="session">Where the points go; its patience is endless.</param>
    /// <param name="options">The bounds of the listener.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Why the connection is to be closed, or null where the sender ended it.</returns>
    public async Task<string?> RunAsync(
        PipeReader reader, PipeWriter answers, AckMode? ack, IngestSession session, ListenerOptions options, CancellationToken cancellationToken)
    {
        var bytes = new ListenerReader(reader, options, time);
        if (await bytes.SniffAsync(cancellationToken).ConfigureAwait(false) is { } reason) return reason;
        if (ack is null)
        {
            var (asked, idle) = await AskedAsync(reader, bytes, cancellationToken).ConfigureAwait(false);
            if (idle) return "idle";
            ack = asked;
        }

        return ack is { } mode
            ? await AnswerAsync(reader, bytes, answers, mode, session, cancellationToken).ConfigureAwait(false)
            : await LineSession.RunAsync(reader, decoders.Json(), session, options, limits, time, cancellationToken).ConfigureAwait(false);
    }

    // The first line is taken only where it is the wish; anything else is a point.
    private async ValueTask<(AckMode? Ack, bool Idle)> AskedAsync(PipeReader reader, ListenerReader bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await bytes.ReadAsync(null, cancellationToken).ConfigureAwait(false) is not { } read) return (null, true);
            var end = read.Buffer.PositionOf((byte)'\n');
            if (end is null && !read.IsCompleted && read.Buffer.Length <= 64)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var wish = end is { } at ? WishOf(read.Buffer.Slice(0, at)) : null;
            reader.AdvanceTo(wish is null ? read.Buffer.Start : read.Buffer.GetPosition(1, end!.Value));
            return (wish, false);
        }
    }

    private static AckMode? WishOf(ReadOnlySequence<byte> line)
    {
        if (line.Length > 64) return null;
        var text = s_utf8.GetString(line).Replace(" ", "", StringComparison.Ordinal).TrimEnd('\r');
        return text switch
        {
            """{"ack":"stored"}""" => AckMode.Stored,
            """{"ack":"received"}""" => AckMode.Received,
            _ => null,
        };
    }

    private async Task<string?> AnswerAsync(
        PipeReader reader, ListenerReader bytes, PipeWriter answers, AckMode ack, IngestSession session, CancellationToken cancellationToken)
    {
        session.TellsAll = true;
        var parser = decoders.JsonParser();
        var lines = new LineFramer(limits.MaxLineBytes);
        var told = new List<(long Line, IngestError? Error)>();
        while (true)
        {
            if (await bytes.ReadAsync(session, cancellationToken).ConfigureAwait(false) is not { } read) return "idle";
            var buffer = read.Buffer;
            var before = buffer.Length;
            while (Decode(ref buffer, read.IsCompleted, lines, parser, session, told))
            {
                await TellAsync(answers, ack, session, told, cancellationToken).ConfigureAwait(false);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            await TellAsync(answers, ack, session, told, cancellationToken).ConfigureAwait(false);
            if (read.IsCompleted) return null;
            if (session.RejectedFor(RejectReason.LineTooLong) >= LineSession.MaxLongLines) return "lines_too_long";
            if (session.IsHopeless(limits.MaxFaults)) return "too_many_faults";
            await bytes.PaceAsync(before - buffer.Length, session, cancellationToken).ConfigureAwait(false);
        }
    }

    // True where the batch is full and lines may be left.
    private bool Decode(
        ref ReadOnlySequence<byte> buffer, bool isLast, LineFramer lines, JsonPointParser parser, IngestSession session, List<(long Line, IngestError? Error)> told)
    {
        if (!lines.TryStart(ref buffer, isLast)) return false;
        var now = session.Now;
        while (!session.IsFull)
        {
            var status = lines.Next(ref buffer, isLast, out var line);
            if (status == LineStatus.NeedMore) return false;
            var refused = session.Rejected;
            if (status == LineStatus.TooLong)
            {
                session.Reject(lines.LineNumber, RejectReason.LineTooLong, $"The line is longer than {limits.MaxLineBytes} bytes (LiveDash:Limits:MaxLineBytes).");
            }
            else if (line.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }
            else
            {
                parser.Parse(line, lines.LineNumber, now, session);
            }

            told.Add((lines.LineNumber, session.Rejected == refused ? null : session.LastError));
        }

        return true;
    }

    private static async Task TellAsync(
        PipeWriter answers, AckMode ack, IngestSession session, List<(long Line, IngestError? Error)> told, CancellationToken cancellationToken)
    {
        if (told.Count == 0) return;
        var lost = session.Report(ack).NotKept;
        var report = await session.CompleteAsync(ack, cancellationToken).ConfigureAwait(false);
        var kept = report.NotKept == lost;
        using (var json = new Utf8JsonWriter(answers))
        {
            foreach (var (line, error) in told)
            {
                json.WriteStartObject();
                json.WriteNumber("line", line);
                if (error is { } fault)
                {
                    json.WriteString("error", ReasonNames.Of(fault.Reason));
                    json.WriteString("detail", fault.Detail);
                }
                else if (kept)
                {
                    json.WriteBoolean("ok", true);
                }
                else
                {
                    json.WriteString("error", report.Outcome == StoreOutcome.Full ? "store_full" : "store_unavailable");
                    json.WriteString("detail", "Live views and rules saw the point; the store did not keep it.");
                }

                json.WriteEndObject();
                json.Flush();
                answers.Write("\n"u8);
                json.Reset();
            }
        }

        told.Clear();
        await answers.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
