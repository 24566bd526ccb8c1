using System.Buffers;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Cuts a stream into lines for a format whose points each stand on one line. What a line means is the inheritor's.</summary>
public abstract class LineDecoder : StreamDecoder
{
    private readonly LineFramer _lines;

    private protected LineDecoder(Admission admission)
    {
        Admission = admission;
        _lines = new LineFramer(admission.Limits.MaxLineBytes);
    }

    /// <summary>Names, times, the number of series.</summary>
    private protected Admission Admission { get; }

    /// <inheritdoc/>
    public sealed override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!_lines.TryStart(ref buffer, isLast)) return buffer.Start;
        while (!session.IsFull)
        {
            var status = _lines.Next(ref buffer, isLast, out var line);
            if (status == LineStatus.NeedMore) break;
            if (status == LineStatus.TooLong)
            {
                session.Reject(_lines.LineNumber, RejectReason.LineTooLong,
                    $"The line is longer than {Admission.Limits.MaxLineBytes} bytes (LiveDash:Limits:MaxLineBytes).");
                continue;
            }

            line = line.Trim(" \t\r"u8);
            if (line.IsEmpty || Take(line, nowTicks, session) is not { } fault) continue;
            if (!Utf8.IsValid(line)) fault = new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
            session.Reject(_lines.LineNumber, fault.Reason, fault.Detail);
        }

        return buffer.Start;
    }

    /// <summary>Takes one line, trimmed and not empty; the fault that refuses it, or null.</summary>
    private protected abstract Fault? Take(ReadOnlySpan<byte> line, long nowTicks, IngestSession session);
}
