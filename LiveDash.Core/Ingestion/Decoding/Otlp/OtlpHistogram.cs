using System.Globalization;
using System.Text.Unicode;
using LiveDash.Core.Ingestion.Decoding.Protobuf;

namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>Reads the points of histograms, exponential histograms and summaries. Not thread-safe.</summary>
internal sealed class OtlpHistogram(OtlpNames names)
{
    private const int Explicit = 9, Exponential = 10;
    // Bounded by the message.
    private readonly List<double> _bounds = [];
    private readonly List<double> _counts = [];
    private readonly List<(double Quantile, double Value)> _quantiles = [];
    private readonly List<OtlpBucket> _buckets = [];
    private ulong _start;
    private ulong _time;
    private double _count;
    private double? _sum;
    private double? _min;
    private double? _max;
    private int _scale;
    private bool _isAbsent;

    /// <summary>Reads one point and writes what it says; the fault that refuses it, or null.</summary>
    /// <param name="kind">The field of the metric that it came in: 9, 10 or 11.</param>
    /// <param name="point">The point.</param>
    /// <param name="key">Holds the resource and the name; the attributes are added.</param>
    /// <param name="isCumulative">Whether counts run on from point to point.</param>
    /// <param name="nowTicks">The clock.</param>
    /// <param name="session">Takes the points.</param>
    public Fault? Take(int kind, ReadOnlySpan<byte> point, OtlpKey key, bool isCumulative, long nowTicks, IngestSession session)
    {
        Read(kind, point, key);
        if (_isAbsent) return null;
        if (OtlpDecoder.Time(_time, nowTicks, names.Admission, out var ticks) is { } badTime) return badTime;
        if (kind == Explicit && _counts.Count > 0 && _counts.Count != _bounds.Count + 1) return new(RejectReason.BadMessage, "A histogram has one bucket more than it has bounds.");
        if (Find(kind, key, out var distribution) is { } fault) return fault;
        Write(distribution!, kind, isCumulative, ticks, session);
        return null;
    }

    private void Write(OtlpDistribution distribution, int kind, bool isCumulative, long ticks, IngestSession session)
    {
        session.Add(distribution.Series[OtlpDistribution.Count], ticks, _count);
        Add(distribution.Series[OtlpDistribution.Sum], _sum);
        if (kind is not (Explicit or Exponential))
        {
            for (var i = 0; i < _quantiles.Count; i++) Add(distribution.Buckets[i], _quantiles[i].Value);
            return;
        }

        Add(distribution.Series[OtlpDistribution.Min], _min);
        Add(distribution.Series[OtlpDistribution.Max], _max);
        var total = 0.0;
        for (var i = 0; kind == Explicit && i < _counts.Count; i++)
        {
            total += _counts[i];
            session.Add(distribution.Buckets[i], ticks, total);
            _buckets.Add(new(i, i == 0 ? double.NegativeInfinity : _bounds[i - 1], i == _bounds.Count ? double.PositiveInfinity : _bounds[i], _counts[i]));
        }

        distribution.AddPercentiles(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_buckets), (long)_start, _scale, isCumulative, _min, _max, ticks, session);

        void Add(int series, double? value)
        {
            if (value is { } number && double.IsFinite(number)) session.Add(series, ticks, number);
        }
    }

    private void Read(int kind, ReadOnlySpan<byte> point, OtlpKey key)
    {
        _bounds.Clear();
        _counts.Clear();
        _quantiles.Clear();
        _buckets.Clear();
        (_start, _time, _count, _sum, _min, _max, _scale, _isAbsent) = (0, 0, 0, null, null, null, 0, false);
        var reader = new ProtoReader(point);
        while (reader.Next())
        {
            var known = reader switch
            {
                { Field: 2, Wire: ProtoReader.WireFixed64 } => Set(ref _start, reader.Fixed64()),
                { Field: 3, Wire: ProtoReader.WireFixed64 } => Set(ref _time, reader.Fixed64()),
                { Field: 4, Wire: ProtoReader.WireFixed64 } => Set(ref _count, reader.Fixed64()),
                { Field: 5, Wire: ProtoReader.WireFixed64 } => Set(ref _sum, reader.Double()),
                _ => kind switch
                {
                    Explicit => ReadExplicit(ref reader, key),
                    Exponential => ReadExponential(ref reader, key),
                    _ => ReadSummary(ref reader, key),
                },
            };
            if (!known) reader.Skip();
        }

        if (kind == Exponential) _buckets.Sort(static (a, b) => a.Lower.CompareTo(b.Lower));
    }

    private bool ReadExplicit(ref ProtoReader reader, OtlpKey key)
    {
        switch (reader.Field)
        {
            case 9: key.Attribute(reader.Bytes()); return true;
            case 6 when reader.Wire == ProtoReader.WireBytes:
                var counts = reader.Bytes();
                var packed = new ProtoReader(counts);
                while (packed.Position < counts.Length) _counts.Add(packed.Fixed64());
                return true;
            case 6 when reader.Wire == ProtoReader.WireFixed64: _counts.Add(reader.Fixed64()); return true;
            case 7 when reader.Wire == ProtoReader.WireBytes:
                var bounds = reader.Bytes();
                var doubles = new ProtoReader(bounds);
                while (doubles.Position < bounds.Length) _bounds.Add(doubles.Double());
                return true;
            case 7 when reader.Wire == ProtoReader.WireFixed64: _bounds.Add(reader.Double()); return true;
            case 10 when reader.Wire == ProtoReader.WireVarint: _isAbsent = (reader.Varint() & 1) != 0; return true;
            case 11 when reader.Wire == ProtoReader.WireFixed64: return Set(ref _min, reader.Double());
            case 12 when reader.Wire == ProtoReader.WireFixed64: return Set(ref _max, reader.Double());
            default: return false;
        }
    }

    private bool ReadExponential(ref ProtoReader reader, OtlpKey key)
    {
        switch (reader.Field)
        {
            case 1: key.Attribute(reader.Bytes()); return true;
            case 6 when reader.Wire == ProtoReader.WireVarint: return Set(ref _scale, (int)reader.ZigZag());
            case 7 when reader.Wire == ProtoReader.WireFixed64:
                var zero = reader.Fixed64();
                if (zero > 0) _buckets.Add(new(0, 0, 0, zero));
                return true;
            case 8 or 9: ReadSide(reader.Bytes(), reader.Field == 8); return true;
            case 10 when reader.Wire == ProtoReader.WireVarint: _isAbsent = (reader.Varint() & 1) != 0; return true;
            case 12 when reader.Wire == ProtoReader.WireFixed64: return Set(ref _min, reader.Double());
            case 13 when reader.Wire == ProtoReader.WireFixed64: return Set(ref _max, reader.Double());
            default: return false;
        }
    }

    // Bucket i holds values above base^i up to base^(i+1), where base = 2^(2^-scale). Every writer puts the scale before the buckets, as the fields are numbered.
    private void ReadSide(ReadOnlySpan<byte> body, bool isPositive)
    {
        var offset = 0;
        var index = 0;
        var width = Math.Pow(2, -_scale);
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: ProtoReader.WireVarint })
            {
                offset = (int)reader.ZigZag();
            }
            else if (reader is { Field: 2, Wire: ProtoReader.WireBytes })
            {
                var packed = reader.Bytes();
                var counts = new ProtoReader(packed);
                while (counts.Position < packed.Length) AddSide(offset + index++, counts.Varint(), width, isPositive);
            }
            else if (reader is { Field: 2, Wire: ProtoReader.WireVarint })
            {
                AddSide(offset + index++, reader.Varint(), width, isPositive);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void AddSide(int index, ulong count, double width, bool isPositive)
    {
        if (count == 0) return;
        var (lower, upper) = (Math.Pow(2, index * width), Math.Pow(2, (index + 1) * width));
        // Ids of both sides and of zero differ: odd above, even below.
        _buckets.Add(isPositive ? new(unchecked(2 * index + 1), lower, upper, count) : new(unchecked(2 * index + 2) | int.MinValue, -upper, -lower, count));
    }

    private bool ReadSummary(ref ProtoReader reader, OtlpKey key)
    {
        switch (reader.Field)
        {
            case 7: key.Attribute(reader.Bytes()); return true;
            case 6 when reader.Wire == ProtoReader.WireBytes:
                double quantile = 0;
                double value = 0;
                var one = new ProtoReader(reader.Bytes());
                while (one.Next())
                {
                    if (one is { Field: 1, Wire: ProtoReader.WireFixed64 }) quantile = one.Double();
                    else if (one is { Field: 2, Wire: ProtoReader.WireFixed64 }) value = one.Double();
                    else one.Skip();
                }

                _quantiles.Add((quantile, value));
                return true;
            case 8 when reader.Wire == ProtoReader.WireVarint: _isAbsent = (reader.Varint() & 1) != 0; return true;
            default: return false;
        }
    }

    private static bool Set<T>(ref T place, T value)
    {
        place = value;
        return true;
    }

    // The bounds are a part of the key: a sender that changes them writes other buckets.
    private Fault? Find(int kind, OtlpKey key, out OtlpDistribution? distribution)
    {
        distribution = null;
        var plain = key.Bytes.Length;
        key.Raw([(byte)kind]);
        foreach (var bound in _bounds) key.Raw(BitConverter.GetBytes(bound));
        foreach (var (quantile, _) in _quantiles) key.Raw(BitConverter.GetBytes(quantile));
        if (names.Slots.TryGet(key.Bytes[..plain], key.Bytes[plain..], out var slot))
        {
            distribution = names.At(slot);
            return null;
        }

        if (!Utf8.IsValid(key.Bytes[..plain])) return new(RejectReason.BadUtf8, "A name or an attribute is not valid UTF-8.");
        if (Admit(kind, key, plain, out distribution) is { } fault) return fault;
        names.Slots.Add(key.Bytes[..plain], key.Bytes[plain..], names.Add(distribution!));
        return null;
    }

    private Fault? Admit(int kind, OtlpKey key, int plain, out OtlpDistribution? distribution)
    {
        distribution = null;
        var (name, tags) = key.Read(plain);
        var parts = kind switch { Explicit or Exponential => OtlpDistribution.Parts.Length, _ => 2 };
        var series = new int[parts];
        for (var i = 0; i < parts; i++)
        {
            if (!names.Admission.TryAdmitSeries(name + OtlpDistribution.Parts[i], tags, out series[i], out var fault)) return fault;
        }

        var more = kind switch { Explicit => _counts.Count, Exponential => 0, _ => _quantiles.Count };
        var buckets = new int[more];
        for (var i = 0; i < more; i++)
        {
            var (suffix, tag, value) = kind == Explicit
                ? (".bucket", "le", i == _bounds.Count ? "+Inf" : _bounds[i].ToString("R", CultureInfo.InvariantCulture))
                : ("", "quantile", _quantiles[i].Quantile.ToString("R", CultureInfo.InvariantCulture));
            if (!names.Admission.TryAdmitSeries(name + suffix, [.. tags, new(tag, value)], out buckets[i], out var fault)) return fault;
        }

        distribution = new OtlpDistribution(series, buckets);
        return null;
    }
}
