using System.Globalization;
using System.Text.Unicode;
using LiveDash.Core.Ingestion.Decoding.Protobuf;

namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>
/// OTLP metrics in protobuf. Gauges and sums are series of their name as sent, a sum's value as sent too: a running total of a cumulative one (which begins anew where its sender did), the growth of a delta one.
/// Histograms are <c>name.count</c>, <c>.sum</c>, <c>.min</c>, <c>.max</c>, percentiles of what came since the point before (<c>.p50 .p90 .p95 .p99</c>) and, with explicit bounds, <c>name.bucket{le=...}</c>; summaries
/// <c>name{quantile=...}</c>, <c>.count</c>, <c>.sum</c>. Attributes are tags, those of the resource by a setting. A point that says it has no value is none. A known number costs no allocation. One body, one decoder.
/// </summary>
internal class OtlpDecoder(OtlpNames names) : MessageDecoder
{
    private readonly List<(Range Resource, Range Metric)> _metrics = [];
    private readonly OtlpKey _key = new(names.Admission.Limits);
    private readonly OtlpHistogram _histogram = new(names);
    private bool _isIndexed;
    private int _next;
    private int _point;
    private long _number;
    private Range _resource = ^0..;
    // Of the metric that is being read: looked for once, however often the batch is full on the way.
    private int _kind;
    private Range _name;
    private Range _data;
    private bool _isCumulative;

    private protected override bool Walk(ReadOnlySpan<byte> message, long nowTicks, IngestSession session)
    {
        if (!_isIndexed) Index(message);
        while (_next < _metrics.Count)
        {
            var (resource, metric) = _metrics[_next];
            if (!resource.Equals(_resource))
            {
                _key.BeginResource(message[resource], names.ResourceAttributes);
                _resource = resource;
            }

            if (!TakeMetric(message[metric], nowTicks, session)) return false;
            _next++;
            _point = 0;
        }

        return true;
    }

    private void Index(ReadOnlySpan<byte> message)
    {
        _isIndexed = true;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var body = reader.Bytes();
            IndexResource(body, reader.Position - body.Length);
        }
    }

    private void IndexResource(ReadOnlySpan<byte> body, int at)
    {
        var resource = 0..0;
        var first = _metrics.Count;
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Field is not (1 or 2))
            {
                reader.Skip();
                continue;
            }

            var part = reader.Bytes();
            var start = at + reader.Position - part.Length;
            if (reader.Field == 1)
            {
                resource = start..(start + part.Length);
                continue;
            }

            var scope = new ProtoReader(part);
            while (scope.Next())
            {
                if (scope.Field != 2)
                {
                    scope.Skip();
                    continue;
                }

                var metric = scope.Bytes();
                var from = start + scope.Position - metric.Length;
                _metrics.Add((default, from..(from + metric.Length)));
            }
        }

        // The resource may stand behind its metrics.
        for (var i = first; i < _metrics.Count; i++) _metrics[i] = (resource, _metrics[i].Metric);
    }

    private bool TakeMetric(ReadOnlySpan<byte> metric, long nowTicks, IngestSession session)
    {
        if (_point == 0) ReadHead(metric);
        if (_kind == 0)
        {
            session.Reject(++_number, RejectReason.Unsupported, "A metric is a gauge, a sum, a histogram or a summary.");
            return true;
        }

        var points = new ProtoReader(metric[_data]) { Position = _point };
        while (true)
        {
            _point = points.Position;
            if (session.IsFull) return false;
            if (!points.Next()) return true;
            if (points.Field != 1)
            {
                points.Skip();
                continue;
            }

            _number++;
            _key.BeginPoint(metric[_name]);
            var point = points.Bytes();
            var fault = _kind is 5 or 7 ? TakeNumber(point, nowTicks, session) : _histogram.Take(_kind, point, _key, _isCumulative, nowTicks, session);
            if (fault is { } bad) session.Reject(_number, bad.Reason, bad.Detail);
        }
    }

    private void ReadHead(ReadOnlySpan<byte> metric)
    {
        (_kind, _name, _data) = (0, default, default);
        var reader = new ProtoReader(metric);
        while (reader.Next())
        {
            if (reader.Field is not (1 or 5 or 7 or 9 or 10 or 11))
            {
                reader.Skip();
                continue;
            }

            var length = reader.Bytes().Length;
            var place = (reader.Position - length)..reader.Position;
            if (reader.Field == 1) _name = place;
            else (_kind, _data) = (reader.Field, place);
        }

        _isCumulative = _kind is 9 or 10 && Temporality(metric[_data]) == 2;
    }

    private static ulong Temporality(ReadOnlySpan<byte> data)
    {
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader is { Field: 2, Wire: ProtoReader.WireVarint }) return reader.Varint();
            reader.Skip();
        }

        return 0;
    }

    private Fault? TakeNumber(ReadOnlySpan<byte> point, long nowTicks, IngestSession session)
    {
        ulong time = 0;
        double? value = null;
        var isWide = false;
        var reader = new ProtoReader(point);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7: _key.Attribute(reader.Bytes()); break;
                case 3 when reader.Wire == ProtoReader.WireFixed64: time = reader.Fixed64(); break;
                case 4 when reader.Wire == ProtoReader.WireFixed64: value = reader.Double(); break;
                case 6 when reader.Wire == ProtoReader.WireFixed64:
                    var whole = (long)reader.Fixed64();
                    value = whole;
                    isWide = WideIntegers.IsWide(whole);
                    break;
                case 8 when reader.Wire == ProtoReader.WireVarint:
                    // The flag that there is no recorded value.
                    if ((reader.Varint() & 1) != 0) return null;
                    break;
                default: reader.Skip(); break;
            }
        }

        if (value is not { } number) return new(RejectReason.MissingField, "A point has no value.");
        if (!double.IsFinite(number)) return new(RejectReason.NotFinite, "NaN and infinity are not kept.");
        if (Time(time, nowTicks, names.Admission, out var ticks) is { } badTime) return badTime;
        if (Find(out var series) is { } badName) return badName;
        session.Add(series, ticks, number);
        if (isWide) session.NoteWide(series, names.Admission.NameOf(series), number);
        return null;
    }

    private Fault? Find(out int series)
    {
        if (names.Numbers.TryGet(_key.Bytes, default, out series)) return null;
        if (!Utf8.IsValid(_key.Bytes)) return new(RejectReason.BadUtf8, "A name or an attribute is not valid UTF-8.");
        var (name, tags) = _key.Read();
        if (!names.Admission.TryAdmitSeries(name, tags, out series, out var fault)) return fault;
        names.Numbers.Add(_key.Bytes, default, series);
        return null;
    }

    /// <summary>Turns nanoseconds since 1970 into ticks; zero, which is none, is now.</summary>
    internal static Fault? Time(ulong nanoseconds, long nowTicks, Admission admission, out long ticks)
    {
        ticks = nanoseconds == 0 ? nowTicks : DateTime.UnixEpoch.Ticks + (long)(nanoseconds / 100);
        return admission.IsFuture(ticks, nowTicks)
            ? admission.FutureFault(nanoseconds.ToString(CultureInfo.InvariantCulture) + " ns")
            : null;
    }
}
