using Google.Protobuf;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding.Otlp;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class OtlpDecoderTests
{
    private static readonly ulong s_now = (ulong)(DecoderHarness.Now - DateTime.UnixEpoch.Ticks) * 100;
    private readonly DecoderHarness _harness = new();
    private OtlpNames? _names;

    [Fact]
    public void GaugesAndSums_SplitAtEveryByte_AreAsSent()
    {
        var body = Request(
            new Metric { Name = "temp", Gauge = new() { DataPoints = { Point(21.5), Point(3, ("room", "a")) } } },
            new Metric { Name = "orders", Sum = new() { AggregationTemporality = 1, IsMonotonic = true, DataPoints = { Whole(3) } } },
            new Metric { Name = "requests", Sum = new() { AggregationTemporality = 2, IsMonotonic = true, DataPoints = { Whole(10), Whole(2) } } }).ToByteArray();
        for (var piece = 1; piece <= body.Length; piece += 7)
        {
            var harness = new DecoderHarness();
            harness.Feed(harness.Decoders.Otlp(harness.Decoders.OtlpNames(["service.name"])), body, piece);
            Assert.Equal(
                ["temp{service.name=shop}@0=21.5", "temp{room=a,service.name=shop}@0=3", "orders{service.name=shop}@0=3", "requests{service.name=shop}@0=10", "requests{service.name=shop}@0=2"],
                harness.Points);
        }
    }

    [Fact]
    public void Attributes_OfEveryType_AreTagsAndThoseOfTheResourceByASetting()
    {
        var point = Point(1, ("text", "a b"));
        point.Attributes.Add(new KeyValue { Key = "flag", Value = new() { BoolValue = true } });
        point.Attributes.Add(new KeyValue { Key = "code", Value = new() { IntValue = -500 } });
        point.Attributes.Add(new KeyValue { Key = "share", Value = new() { DoubleValue = 0.25 } });
        point.Attributes.Add(new KeyValue { Key = "nested", Value = new() { KvlistValue = new() } });
        point.Attributes.Add(new KeyValue { Key = "empty", Value = new() { StringValue = "" } });
        _names = _harness.Decoders.OtlpNames(["host.name"]);
        Feed(new Metric { Name = "m", Gauge = new() { DataPoints = { point } } });
        Assert.Equal(["m{code=-500,flag=true,share=0.25,text=a b}@0=1"], _harness.Points);
    }

    [Fact]
    public void Histogram_IsItsCountsAndThePercentilesOfWhatCameSince()
    {
        var first = new HistogramDataPoint { TimeUnixNano = s_now, StartTimeUnixNano = 1, Count = 10, Sum = 50, Min = 1, Max = 20, BucketCounts = { 5, 5, 0 }, ExplicitBounds = { 10, 20 } };
        var second = new HistogramDataPoint(first) { Count = 110, Sum = 2000, BucketCounts = { }, Max = 30 };
        second.BucketCounts.Clear();
        second.BucketCounts.AddRange([5UL, 105UL, 0UL]);
        Feed(new Metric { Name = "lat", Histogram = new() { AggregationTemporality = 2, DataPoints = { first, second } } });
        Assert.Equal(10, Value("lat.count", 0));
        Assert.Equal((5, 10, 10), (Value("lat.bucket{le=10}", 0), Value("lat.bucket{le=20}", 0), Value("lat.bucket{le=+Inf}", 0)));
        Assert.Equal(10, Value("lat.p50", 0));
        // A hundred new values, all between 10 and 20.
        Assert.Equal((15, 19.9), (Value("lat.p50", 1), Math.Round(Value("lat.p99", 1), 9)));
        Assert.Equal((110, 2000, 1, 30), (Value("lat.count", 1), Value("lat.sum", 1), Value("lat.min", 1), Value("lat.max", 1)));
    }

    [Fact]
    public void CumulativeHistogram_ThatBeganAnew_CountsFromThere()
    {
        HistogramDataPoint At(ulong start, ulong low, ulong high) => new() { TimeUnixNano = s_now, StartTimeUnixNano = start, Count = low + high, Sum = 1, BucketCounts = { low, high }, ExplicitBounds = { 10 } };
        Feed(new Metric { Name = "lat", Histogram = new() { AggregationTemporality = 2, DataPoints = { At(1, 100, 0), At(2, 4, 0) } } });
        Assert.Equal(5, Value("lat.p50", 1));
    }

    [Fact]
    public void ExponentialHistogram_PercentilesLieInTheirBuckets()
    {
        // Scale 0: the bucket i holds (2^i, 2^(i+1)].
        var point = new ExponentialHistogramDataPoint
        {
            TimeUnixNano = s_now, Count = 101, Sum = 1000, Scale = 0, ZeroCount = 1, Min = -4, Max = 16,
            Positive = new() { Offset = 1, BucketCounts = { 50, 0, 49 } },
            Negative = new() { Offset = 1, BucketCounts = { 1 } },
        };
        Feed(new Metric { Name = "lat", ExponentialHistogram = new() { AggregationTemporality = 1, DataPoints = { point } } });
        Assert.InRange(Value("lat.p50", 0), 2, 4);
        Assert.InRange(Value("lat.p99", 0), 8, 16);
        Assert.Equal(101, Value("lat.count", 0));
    }

    [Fact]
    public void Summary_IsItsQuantiles()
    {
        var point = new SummaryDataPoint { TimeUnixNano = s_now, Count = 4, Sum = 10, QuantileValues = { new ValueAtQuantile { Quantile = 0.5, Value = 2 }, new ValueAtQuantile { Quantile = 0.99, Value = 4 } } };
        Feed(new Metric { Name = "rpc", Summary = new() { DataPoints = { point } } });
        Assert.Equal((4, 10, 2, 4), (Value("rpc.count", 0), Value("rpc.sum", 0), Value("rpc{quantile=0.5}", 0), Value("rpc{quantile=0.99}", 0)));
    }

    [Fact]
    public void PointWithoutARecordedValue_IsNone()
    {
        var absent = Point(1);
        absent.Flags = 1;
        var report = Feed(new Metric { Name = "m", Gauge = new() { DataPoints = { absent, Point(2) } } });
        Assert.Equal((1, 0), (report.Accepted, report.Rejected));
    }

    [Fact]
    public void BadPoints_AreCountedByReasonAndTheOthersKept()
    {
        var report = Feed(
            new Metric { Name = "m", Gauge = new() { DataPoints = { Point(double.NaN), new NumberDataPoint { TimeUnixNano = s_now }, new NumberDataPoint { TimeUnixNano = ulong.MaxValue, AsDouble = 1 }, Point(2) } } },
            new Metric { Name = "nothing" },
            new Metric { Name = "h", Histogram = new() { DataPoints = { new HistogramDataPoint { TimeUnixNano = s_now, BucketCounts = { 1 }, ExplicitBounds = { 1, 2 } } } } });
        Assert.Equal(
            [RejectReason.NotFinite, RejectReason.MissingField, RejectReason.Future, RejectReason.Unsupported, RejectReason.BadMessage], report.Errors.Select(static error => error.Reason));
        Assert.Equal(["m{service.name=shop}@0=2"], _harness.Points);
    }

    [Fact]
    public void Json_SaysTheSameAsProtobuf()
    {
        _names = _harness.Decoders.OtlpNames(["service.name"]);
        var json = """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeMetrics":[{"scope":{"name":"x","unknown":1},"metrics":[
              {"name":"temp","unit":"C","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asDouble":21.5}]}},
              {"name":"orders","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"NOW","asInt":"7","attributes":[{"key":"city","value":{"stringValue":"berlin"}}]}]}}]}]}]}
            """.Replace("NOW", s_now.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        _harness.Feed(_harness.Decoders.Otlp(_names, isJson: true), json, 16);
        Assert.Equal(["temp{service.name=shop}@0=21.5", "orders{city=berlin,service.name=shop}@0=7"], _harness.Points);
        Assert.Equal(RejectReason.BadJson, _harness.Feed(_harness.Decoders.Otlp(_names, isJson: true), "{\"resourceMetrics\":[{").Errors.Single().Reason);
    }

    [Fact]
    public void ManyPoints_PastABatch_AllArrive()
    {
        var gauge = new Gauge();
        for (var i = 0; i < 20_000; i++) gauge.DataPoints.Add(Point(i));
        Assert.Equal(20_000, Feed(new Metric { Name = "m", Gauge = gauge }).Accepted);
        Assert.Equal(20_000, _harness.Points.Distinct().Count());
    }

    [Fact]
    public void CutAndChangedMessages_NeverThrow()
    {
        var random = new Random(11);
        var good = Request(
            new Metric { Name = "temp", Gauge = new() { DataPoints = { Point(21.5, ("a", "b")) } } },
            new Metric { Name = "lat", ExponentialHistogram = new() { DataPoints = { new ExponentialHistogramDataPoint { TimeUnixNano = s_now, Count = 2, Scale = 3, Positive = new() { Offset = -3, BucketCounts = { 1, 1 } } } } } }).ToByteArray();
        _names = _harness.Decoders.OtlpNames(["service.name"]);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = good[..random.Next(good.Length + 1)].ToArray();
            for (var i = 0; i < 3 && bytes.Length > 0; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _harness.Feed(_harness.Decoders.Otlp(_names), bytes);
        }
    }

    [Fact]
    public void KnownSeries_CostNoMemoryAPoint()
    {
        _names = _harness.Decoders.OtlpNames(["service.name"]);
        var gauge = new Metric { Name = "load", Gauge = new() };
        for (var i = 0; i < 5_000; i++) gauge.Gauge.DataPoints.Add(Point(i * 0.5, ("host", $"web{i % 50}")));
        var body = Request(gauge).ToByteArray();
        long Allocated() => _harness.Allocated(_harness.Decoders.Otlp(_names), body);

        Allocated();
        Allocated();
        // Less than four bytes a point: what one request costs, whatever it holds.
        Assert.InRange(Allocated(), 0, 16 * 1024);
        Assert.Equal(15_000, _harness.Points.Count);
    }

    private static ExportMetricsServiceRequest Request(params Metric[] metrics)
    {
        var scope = new ScopeMetrics { Scope = new() { Name = "meter" } };
        scope.Metrics.AddRange(metrics);
        var resource = new Resource { Attributes = { new KeyValue { Key = "service.name", Value = new() { StringValue = "shop" } }, new KeyValue { Key = "service.instance.id", Value = new() { StringValue = "1" } } } };
        return new() { ResourceMetrics = { new ResourceMetrics { Resource = resource, ScopeMetrics = { scope } } } };
    }

    private static NumberDataPoint Point(double value, params (string Key, string Value)[] attributes)
    {
        var point = new NumberDataPoint { TimeUnixNano = s_now, AsDouble = value };
        foreach (var (key, text) in attributes) point.Attributes.Add(new KeyValue { Key = key, Value = new() { StringValue = text } });
        return point;
    }

    private static NumberDataPoint Whole(long value) => new() { TimeUnixNano = s_now, AsInt = value };

    private IngestReport Feed(params Metric[] metrics)
    {
        _names ??= _harness.Decoders.OtlpNames(["service.name"]);
        return _harness.Feed(_harness.Decoders.Otlp(_names), Request(metrics).ToByteArray());
    }

    private double Value(string series, int nth)
    {
        var name = series.EndsWith('}') ? series[..^1] + ",service.name=shop}" : series + "{service.name=shop}";
        return double.Parse(_harness.Points.Where(p => p.StartsWith(name + "@", StringComparison.Ordinal)).ElementAt(nth).Split('=')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
