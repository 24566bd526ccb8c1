namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>What a listener is, apart from its settings. Immutable.</summary>
/// <param name="Name">As in <c>LiveDash:Listeners:Name:Endpoint</c>.</param>
/// <param name="Default">The endpoint it has without a setting; empty for off.</param>
/// <param name="Kind">The kind of its sources on the Sources page.</param>
/// <param name="Transport">What it listens with, for people: <c>TCP and UDP</c>.</param>
/// <param name="Title">What it takes, for people.</param>
public sealed record ListenerSpec(string Name, string Default, string Kind, string Transport, string Title)
{
    /// <summary>Raw NDJSON, a point a line.</summary>
    public static ListenerSpec Tcp { get; } = new("Tcp", "127.0.0.1:4242", "tcp", "TCP", "NDJSON lines");

    /// <summary>Graphite plaintext.</summary>
    public static ListenerSpec Graphite { get; } = new("Graphite", "127.0.0.1:2003", "graphite", "TCP and UDP", "Graphite plaintext");

    /// <summary>Graphite pickle.</summary>
    public static ListenerSpec GraphitePickle { get; } = new("GraphitePickle", "127.0.0.1:2004", "graphite", "TCP", "Graphite pickle");

    /// <summary>StatsD and DogStatsD.</summary>
    public static ListenerSpec Statsd { get; } = new("Statsd", "127.0.0.1:8125", "statsd", "UDP and TCP", "StatsD, DogStatsD");

    /// <summary>InfluxDB line protocol in datagrams.</summary>
    public static ListenerSpec InfluxUdp { get; } = new("InfluxUdp", "127.0.0.1:8089", "influx", "UDP", "InfluxDB line protocol");

    /// <summary>The binary protocol of collectd's plugin network.</summary>
    public static ListenerSpec Collectd { get; } = new("Collectd", "127.0.0.1:25826", "collectd", "UDP", "collectd's plugin network");

    /// <summary>NDJSON over WebSockets, at <c>/api/points/ws</c> of the main port.</summary>
    public static ListenerSpec WebSocket { get; } = new("WebSocket", "", "websocket", "WebSocket", "NDJSON lines") { Path = "/api/points/ws" };

    /// <summary>OTLP metrics by gRPC.</summary>
    public static ListenerSpec OtlpGrpc { get; } = new("OtlpGrpc", "127.0.0.1:4317", "otlp", "gRPC", "OpenTelemetry metrics");

    /// <summary>OTLP metrics by HTTP, in protobuf or JSON; on the main port too.</summary>
    public static ListenerSpec OtlpHttp { get; } = new("OtlpHttp", "127.0.0.1:4318", "otlp", "HTTP", "OpenTelemetry metrics");

    /// <summary>A broker of LiveDash's own.</summary>
    public static ListenerSpec Mqtt { get; } = new("Mqtt", "", "mqtt", "MQTT", "MQTT broker");

    /// <summary>Every listener, in the order shown.</summary>
    public static IReadOnlyList<ListenerSpec> All { get; } = [Tcp, WebSocket, Graphite, GraphitePickle, Statsd, InfluxUdp, Collectd, OtlpGrpc, OtlpHttp, Mqtt];

    /// <summary>Where it stands on the main port, for a listener that has no port of its own; else null.</summary>
    public string? Path { get; init; }

    /// <summary>The spec of a name, or null.</summary>
    public static ListenerSpec? Find(string name) => All.FirstOrDefault(spec => spec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
