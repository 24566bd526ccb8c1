using System.Buffers;
using System.Text;
using System.Text.Unicode;
using LiveDash.Core.Ingestion.Decoding.Protobuf;
using Snappier;

namespace LiveDash.Core.Ingestion.Decoding.Prometheus;

/// <summary>
/// Prometheus remote-write (prometheus.io, "Remote-Write 1.0" and "2.0" specifications): a protobuf message in Snappy's block format. The label <c>__name__</c> is the series' name, the others are its tags. A stale
/// marker is no point. A native histogram gives <c>name_count</c> and <c>name_sum</c>. A known series costs no allocation. One body, one decoder.
/// </summary>
internal sealed class RemoteWriteDecoder(Admission admission, SeriesByteCache known, bool isVersion2) : MessageDecoder
{
    private const ulong StaleNaN = 0x7FF0_0000_0000_0002;
    private readonly List<Range> _symbols = [];
    private readonly List<int> _references = [];
    private byte[] _key = new byte[512];
    private int _next;
    private int _sample;
    private long _number;
    // Of the series that is being read: found once, however many samples and histograms it has and however often the batch is full on the way.
    private int _series;
    private (int Series, Fault? Fault)[]? _parts;

    /// <inheritdoc/>
    public override bool OncePerValue => true;

    /// <summary>How many samples of series and of histograms were taken, for the answer's headers.</summary>
    public (long Samples, long Histograms) Written { get; private set; }

    private protected override byte[] Open(ReadOnlySequence<byte> body, out int length, out Fault? fault)
    {
        var packed = base.Open(body, out var packedLength, out fault);
        length = 0;
        try
        {
            var source = packed.AsSpan(0, packedLength);
            length = Snappy.GetUncompressedLength(source);
            if (length > admission.Limits.MaxDecompressedBytes)
            {
                fault = new(RejectReason.BadMessage, $"The message is longer than {admission.Limits.MaxDecompressedBytes} bytes (LiveDash:Limits:MaxDecompressedBytes).");
                length = 0;
                return [];
            }

            var message = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
            length = Snappy.Decompress(source, message);
            return message;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or ArgumentException)
        {
            length = 0;
            fault = new(RejectReason.BadMessage, "The body is not in Snappy's block format.");
            return [];
        }
        finally
        {
            if (packed.Length > 0) ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private protected override bool Walk(ReadOnlySpan<byte> message, long nowTicks, IngestSession session)
    {
        if (isVersion2 && _next == 0 && _symbols.Count == 0) ReadSymbols(message);
        var reader = new ProtoReader(message) { Position = _next };
        while (true)
        {
            _next = reader.Position;
            if (!reader.Next()) return true;
            if (reader.Field != (isVersion2 ? 5 : 1))
            {
                reader.Skip();
                continue;
            }

            if (_sample == 0) _number++;
            if (!TakeSeries(message, reader.Bytes(), nowTicks, session)) return false;
            _sample = 0;
        }
    }

    // Symbols may stand behind the series that name them.
    private void ReadSymbols(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field != 4)
            {
                reader.Skip();
                continue;
            }

            var length = reader.Bytes().Length;
            _symbols.Add((reader.Position - length)..reader.Position);
        }
    }

    private bool TakeSeries(ReadOnlySpan<byte> message, ReadOnlySpan<byte> body, long nowTicks, IngestSession session)
    {
        if (_sample == 0)
        {
            _parts = null;
            if (Find(message, body, out _series) is { } fault)
            {
                // Each of its samples is refused.
                RejectAll(body, fault, session);
                return true;
            }
        }

        var reader = new ProtoReader(body) { Position = _sample };
        while (true)
        {
            _sample = reader.Position;
            if (session.IsFull) return false;
            if (!reader.Next()) return true;
            if (reader.Field == 2) TakeSample(_series, reader.Bytes(), nowTicks, session);
            else if (reader.Field == (isVersion2 ? 3 : 4)) TakeHistogram(message, body, reader.Bytes(), nowTicks, session);
            else reader.Skip();
        }
    }

    private void TakeSample(int series, ReadOnlySpan<byte> body, long nowTicks, IngestSession session)
    {
        double value = 0;
        long time = 0;
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: ProtoReader.WireFixed64 }) value = reader.Double();
            else if (reader is { Field: 2, Wire: ProtoReader.WireVarint }) time = (long)reader.Varint();
            else reader.Skip();
        }

        if (!double.IsFinite(value))
        {
            if (BitConverter.DoubleToUInt64Bits(value) != StaleNaN) session.Reject(_number, RejectReason.NotFinite, "NaN and infinity are not kept.");
            return;
        }

        if (!Add(series, time, value, nowTicks, session)) return;
        Written = (Written.Samples + 1, Written.Histograms);
    }

    private void TakeHistogram(ReadOnlySpan<byte> message, ReadOnlySpan<byte> series, ReadOnlySpan<byte> body, long nowTicks, IngestSession session)
    {
        double count = 0;
        double sum = 0;
        long time = 0;
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Wire == ProtoReader.WireVarint: count = reader.Varint(); break;
                case 2 when reader.Wire == ProtoReader.WireFixed64: count = reader.Double(); break;
                case 3 when reader.Wire == ProtoReader.WireFixed64: sum = reader.Double(); break;
                case 15 when reader.Wire == ProtoReader.WireVarint: time = (long)reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }

        // A stale marker of a histogram stands in its sum.
        if (!double.IsFinite(sum) || !double.IsFinite(count)) return;
        _parts ??= [Part(message, series, "_count"), Part(message, series, "_sum")];
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i].Fault is { } fault) session.Reject(_number, fault.Reason, fault.Detail);
            else Add(_parts[i].Series, time, i == 0 ? count : sum, nowTicks, session);
        }

        Written = (Written.Samples, Written.Histograms + 1);
    }

    private (int Series, Fault? Fault) Part(ReadOnlySpan<byte> message, ReadOnlySpan<byte> series, string suffix)
    {
        var fault = Find(message, series, out var id, suffix);
        return (id, fault);
    }

    private bool Add(int series, long milliseconds, double value, long nowTicks, IngestSession session)
    {
        if (!TimeText.TryFromEpochMs(milliseconds, out var ticks))
        {
            session.Reject(_number, RejectReason.BadTime, "A time is outside the years 1 to 9999.");
            return false;
        }

        if (admission.IsFuture(ticks, nowTicks))
        {
            var fault = admission.FutureFault(TimeText.Format(ticks));
            session.Reject(_number, fault.Reason, fault.Detail);
            return false;
        }

        session.Add(series, ticks, value);
        return true;
    }

    private void RejectAll(ReadOnlySpan<byte> body, Fault fault, IngestSession session)
    {
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Field == 2 || reader.Field == (isVersion2 ? 3 : 4)) session.Reject(_number, fault.Reason, fault.Detail);
            reader.Skip();
        }
    }

    private Fault? Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> body, out int series, string suffix = "")
    {
        var length = 0;
        Append("", suffix, ref length);
        if (isVersion2) AppendReferences(message, body, ref length);
        else AppendLabels(body, ref length);
        var key = _key.AsSpan(0, length);
        if (known.TryGet(key, default, out series)) return null;
        if (!Utf8.IsValid(key)) return new(RejectReason.BadUtf8, "A label is not valid UTF-8.");
        if (Admit(Encoding.UTF8.GetString(key), suffix, out series) is { } fault) return fault;
        known.Add(key, default, series);
        return null;
    }

    private void AppendLabels(ReadOnlySpan<byte> body, ref int length)
    {
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var label = new ProtoReader(reader.Bytes());
            ReadOnlySpan<byte> name = default;
            ReadOnlySpan<byte> value = default;
            while (label.Next())
            {
                if (label.Field == 1) name = label.Bytes();
                else if (label.Field == 2) value = label.Bytes();
                else label.Skip();
            }

            Append(name, value, ref length);
        }
    }

    private void AppendReferences(ReadOnlySpan<byte> message, ReadOnlySpan<byte> body, ref int length)
    {
        _references.Clear();
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
            }
            else if (reader.Wire == ProtoReader.WireVarint)
            {
                _references.Add((int)Math.Min(reader.Varint(), int.MaxValue));
            }
            else
            {
                var packed = reader.Bytes();
                var numbers = new ProtoReader(packed);
                while (numbers.Position < packed.Length) _references.Add((int)Math.Min(numbers.Varint(), int.MaxValue));
            }
        }

        if (_references.Count % 2 != 0) throw new InvalidDataException("A series names a label without a value.");
        for (var i = 0; i < _references.Count; i += 2)
        {
            if (Math.Max(_references[i], _references[i + 1]) >= _symbols.Count) throw new InvalidDataException("A series names a symbol that is not there.");
            // A symbol stands once in the message, and any number of series may name it.
            Append(NameRules.Cut(message[_symbols[_references[i]]], admission.Limits), NameRules.Cut(message[_symbols[_references[i + 1]]], admission.Limits), ref length);
        }
    }

    private void Append(string name, string value, ref int length)
    {
        if (value.Length > 0) Append(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value), ref length);
    }

    // NUL parts the texts: no name may hold it.
    private void Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref int length)
    {
        var needed = length + name.Length + value.Length + 2;
        if (needed > _key.Length) Array.Resize(ref _key, Math.Max(needed, _key.Length * 2));
        name.CopyTo(_key.AsSpan(length));
        length += name.Length;
        _key[length++] = 0;
        value.CopyTo(_key.AsSpan(length));
        length += value.Length;
        _key[length++] = 0;
    }

    private Fault? Admit(string key, string suffix, out int series)
    {
        series = -1;
        var parts = key.Split('\0');
        string? name = null;
        var tags = new List<KeyValuePair<string, string>>();
        for (var i = suffix.Length > 0 ? 2 : 0; i + 1 < parts.Length; i += 2)
        {
            if (parts[i] == "__name__") name = parts[i + 1];
            // An empty label is the same as none.
            else if (parts[i + 1].Length > 0) tags.Add(new(parts[i], parts[i + 1]));
        }

        if (name is null) return new(RejectReason.MissingField, "A series has no label __name__.");
        return admission.TryAdmitSeries(name + suffix, tags, out series, out var fault) ? null : fault;
    }
}
