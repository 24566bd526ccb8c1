using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding.Collectd;

/// <summary>
/// What collectd's plugin network sends in datagrams (collectd.org, "Binary protocol"): parts of type, length and body; names and time stand until another part of their kind, and each part of values is a value list. Packets
/// that are signed or encrypted are refused: <c>SecurityLevel None</c> is understood. Gauges that are NaN, which collectd writes for unknown, are no points; notifications are passed over as <c>unsupported</c>.
/// </summary>
public sealed class CollectdPacketDecoder : StreamDecoder
{
    private const int Header = 4;
    private readonly Admission _admission;
    private readonly CollectdNames _names;
    private string _host = "";
    private string _plugin = "";
    private string _pluginInstance = "";
    private string _type = "";
    private string _typeInstance = "";
    private long _ticks;

    internal CollectdPacketDecoder(Admission admission, CollectdNames names)
    {
        _admission = admission;
        _names = names;
    }

    /// <inheritdoc/>
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!isLast) return buffer.Start;
        (_host, _plugin, _pluginInstance, _type, _typeInstance, _ticks) = ("", "", "", "", "", nowTicks);
        if (Walk(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray(), nowTicks, session) is { } fault) session.Reject(1, fault.Reason, fault.Detail);
        return buffer.End;
    }

    private static Fault Bad(string detail) => new(RejectReason.BadMessage, detail);

    private Fault? Walk(ReadOnlySpan<byte> packet, long nowTicks, IngestSession session)
    {
        while (!packet.IsEmpty)
        {
            if (packet.Length < Header) return Bad("The packet ends within the head of a part.");
            var (kind, length) = (BinaryPrimitives.ReadUInt16BigEndian(packet), BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
            if (length < Header || length > packet.Length) return Bad($"A part of kind {kind:X4} says that it is {length} bytes long; {packet.Length} are there.");
            var body = packet[Header..length];
            packet = packet[length..];
            if (Take(kind, body, nowTicks, session) is { } fault) return fault;
        }

        return null;
    }

    private Fault? Take(int kind, ReadOnlySpan<byte> body, long nowTicks, IngestSession session)
    {
        switch (kind)
        {
            case 0x0000: return Text(body, ref _host);
            case 0x0002: return Text(body, ref _plugin);
            case 0x0003: return Text(body, ref _pluginInstance);
            case 0x0004: return Text(body, ref _type);
            case 0x0005: return Text(body, ref _typeInstance);
            case 0x0001: return Time(body, 1);
            // Units of 2^-30 s.
            case 0x0008: return Time(body, 1 << 30);
            case 0x0006: return Values(body, nowTicks, session);
            case 0x0100:
                session.Reject(1, RejectReason.Unsupported, "A notification of collectd is no point.");
                return null;
            case 0x0200 or 0x0210: return new(RejectReason.Unsupported, "Signed and encrypted packets of collectd are not understood: SecurityLevel None is.");
            // An interval, a severity, or what later versions bring.
            default: return null;
        }
    }

    private Fault? Text(ReadOnlySpan<byte> body, ref string text)
    {
        if (body is not [.. var written, 0]) return Bad("A text is not ended by a zero.");
        // A name stands for all values that follow it.
        written = NameRules.Cut(written, _admission.Limits);
        if (!Utf8.IsValid(written)) return new(RejectReason.BadUtf8, "A name is not valid UTF-8.");
        text = Encoding.UTF8.GetString(written);
        return null;
    }

    private Fault? Time(ReadOnlySpan<byte> body, long perSecond)
    {
        if (body.Length != 8) return Bad("A time is not 8 bytes long.");
        var ticks = (UInt128)BinaryPrimitives.ReadUInt64BigEndian(body) * TimeSpan.TicksPerSecond / (UInt128)perSecond;
        if (ticks > (UInt128)(DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks)) return new(RejectReason.BadTime, "The time is beyond the year 9999.");
        _ticks = DateTime.UnixEpoch.Ticks + (long)ticks;
        return null;
    }

    private Fault? Values(ReadOnlySpan<byte> body, long nowTicks, IngestSession session)
    {
        if (body.Length < 2) return Bad("A list of values has no count.");
        var count = BinaryPrimitives.ReadUInt16BigEndian(body);
        if (body.Length != 2 + (9 * count)) return Bad($"A list of {count} values is {body.Length} bytes long.");
        if (_plugin.Length == 0) return new(RejectReason.MissingField, "A list of values stands before the name of its plugin.");
        if (_admission.IsFuture(_ticks, nowTicks))
        {
            var fault = _admission.FutureFault(TimeText.Format(_ticks));
            session.Reject(1, fault.Reason, fault.Detail);
            return null;
        }

        for (var i = 0; i < count; i++)
        {
            var bytes = body.Slice(2 + count + (8 * i), 8);
            double? value = body[2 + i] switch
            {
                0 or 3 => BinaryPrimitives.ReadUInt64BigEndian(bytes),
                // x86 wrote it first, so gauges alone are little-endian.
                1 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                2 => BinaryPrimitives.ReadInt64BigEndian(bytes),
                _ => null,
            };
            if (value is not { } number) return Bad($"There is no kind of value {body[2 + i]}.");
            if (double.IsNaN(number)) continue;
            if (!double.IsFinite(number)) session.Reject(1, RejectReason.NotFinite, "A value is not finite.");
            else if (_names.Find((_host, _plugin, _pluginInstance, _type, _typeInstance, CollectdTypes.Source(_type, i, count)), out var series) is { } fault) session.Reject(1, fault.Reason, fault.Detail);
            else session.Add(series, _ticks, number);
        }

        return null;
    }
}
