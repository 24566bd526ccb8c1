namespace LiveDash.Web.ViewModels;

/// <summary>The lines to paste for every sender, with this server's own addresses. Stateless.</summary>
public static class SenderGuides
{
    /// <summary>All of them, in the order shown.</summary>
    /// <param name="address">This server's address as the browser has it, without a slash at its end.</param>
    /// <param name="endpoint">Where a listener is bound (<c>127.0.0.1:2003</c>), or null where it does not listen.</param>
    public static IReadOnlyList<SenderGuide> For(string address, Func<string, string?> endpoint) => [.. ByHand(address, endpoint), .. Agents(address, endpoint), .. Libraries(address, endpoint), .. Pulled(address)];

    private static IEnumerable<SenderGuide> ByHand(string address, Func<string, string?> endpoint)
    {
        const string Group = "By hand";
        yield return new("curl", "curl", Group, "JSON", "One request, one point; nothing to install.", ["http"],
        [
            new("Paste a point", "Linux, macOS", $$"""
                curl {{address}}/api/points \
                  -d '{"series":"orders.per_minute","tags":{"shop":"berlin"},"value":42}'
                """),
            new("Or many at once", "a line a point; without a time it is now", $$"""
                curl {{address}}/api/points \
                  -H "Content-Type: application/x-ndjson" --data-binary @- <<END
                {"series":"orders.per_minute","tags":{"shop":"berlin"},"value":42}
                {"series":"orders.per_minute","tags":{"shop":"paris"},"value":51}
                END
                """),
            new("Or a state", "a text is kept, shown and judged as one", $$"""
                curl {{address}}/api/points \
                  -d '{"series":"pump","tags":{"shop":"berlin"},"value":"running"}'
                """),
            new("Ask for it back", "the last five minutes", $$"""
                curl -G {{address}}/api/windows \
                  --data-urlencode "series=orders.per_minute{shop=berlin}" -d window=5m
                """),
        ]);
        yield return new("powershell", "PowerShell", Group, "JSON", "Nothing to install on Windows.", ["http"],
        [
            new("Paste a point", "PowerShell", $$"""
                Invoke-RestMethod {{address}}/api/points -Method Post -ContentType application/json `
                  -Body '{"series":"orders.per_minute","tags":{"shop":"berlin"},"value":42}'
                """),
        ]);
        yield return new("python", "Python", Group, "JSON", "With what Python brings along.", ["http"],
        [
            new("Paste a point", "Python 3", $$"""
                import json, urllib.request
                point = {"series": "orders.per_minute", "tags": {"shop": "berlin"}, "value": 42}
                urllib.request.urlopen("{{address}}/api/points", json.dumps(point).encode())
                """),
        ]);
        yield return Line("tcp", "netcat", Group, "TCP", "Lines of JSON over a plain connection.", ["tcp"], "Tcp", endpoint, (host, port) =>
        [
            new("Paste a point", "Linux, macOS", $$"""
                echo '{"series":"orders.per_minute","value":42}' | nc -N {{host}} {{port}}
                """),
            new("Hear of each line", "the answer comes after the commit", $$"""
                printf '{"ack":"stored"}\n{"series":"orders.per_minute","value":42}\n' | nc -q 2 {{host}} {{port}}
                """),
        ]);
        yield return new("websocket", "WebSocket", Group, "JSON", "Lines of JSON from a program that stays connected.", ["websocket"],
        [
            new("Send and hear of each line", "Node.js 22", $$"""
                const ws = new WebSocket("{{address.Replace("http", "ws", StringComparison.Ordinal)}}/api/points/ws?ack=stored");
                ws.onmessage = m => console.log(m.data);
                ws.onopen = () => ws.send(JSON.stringify({ series: "orders.per_minute", value: 42 }));
                """),
        ]);
    }

    private static IEnumerable<SenderGuide> Agents(string address, Func<string, string?> endpoint)
    {
        const string Group = "Agents";
        yield return new("telegraf", "Telegraf", Group, "HTTP", "Everything Telegraf gathers, as InfluxDB line protocol.", ["influx"],
        [
            new("Add an output", "/etc/telegraf/telegraf.conf", $"""
                [[outputs.influxdb_v2]]
                  urls = ["{address}"]
                  organization = "livedash"
                  bucket = "livedash"
                  token = "unused"
                """),
            new("Start it anew", "shell", "sudo systemctl restart telegraf"),
        ]);
        yield return new("prometheus", "Prometheus", Group, "remote write", "What Prometheus scrapes, handed on as it arrives.", ["prometheus"],
        [
            new("Add a receiver", "prometheus.yml", $"""
                remote_write:
                  - url: {address}/api/v1/write
                """),
            new("Load it anew", "shell", "kill -HUP $(pidof prometheus)"),
        ]);
        yield return new("collectd", "collectd", Group, "HTTP", "Value lists of collectd's plugin write_http.", ["collectd"],
        [
            new("Add the plugin", "/etc/collectd/collectd.conf", $"""
                LoadPlugin write_http
                <Plugin write_http>
                  <Node "livedash">
                    URL "{address}/collectd"
                    Format "JSON"
                  </Node>
                </Plugin>
                """),
            new("Start it anew", "shell", "sudo systemctl restart collectd"),
            .. endpoint("Collectd") is { } bound
                ? new SenderStep[]
                {
                    new("Or let its plugin network send", "/etc/collectd/collectd.conf", $"""
                        LoadPlugin network
                        <Plugin network>
                          Server "{bound[..bound.LastIndexOf(':')]}" "{bound[(bound.LastIndexOf(':') + 1)..]}"
                        </Plugin>
                        """),
                }
                : [],
        ]);
        yield return Line("otelcol", "OpenTelemetry Collector", Group, "OTLP", "Metrics of a collector's pipeline.", ["otlp"], "OtlpGrpc", endpoint, (host, port) =>
        [
            new("Add an exporter", "config.yaml", $$"""
                exporters:
                  otlp/livedash:
                    endpoint: {{host}}:{{port}}
                    tls: { insecure: true }
                service:
                  pipelines:
                    metrics:
                      exporters: [otlp/livedash]
                """),
        ]);
    }

    private static IEnumerable<SenderGuide> Libraries(string address, Func<string, string?> endpoint)
    {
        const string Group = "Libraries";
        yield return Line("otlp", "OpenTelemetry SDK", Group, "OTLP", "Any SDK that reads OpenTelemetry's environment variables.", ["otlp"], "OtlpHttp", endpoint, (host, port) =>
        [
            new("Set where it sends", "environment of the program", $"""
                export OTEL_METRICS_EXPORTER=otlp
                export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                export OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://{host}:{port}/v1/metrics
                export OTEL_METRIC_EXPORT_INTERVAL=5000
                """),
        ]);
        yield return Line("statsd", "StatsD, DogStatsD", Group, "UDP", "Counters, gauges, timers and sets of any StatsD client.", ["statsd"], "Statsd", endpoint, (host, port) =>
        [
            new("Send by hand", "shell", $"""
                echo "orders:1|c|#shop:berlin" | nc -u -w1 {host} {port}
                """),
            new("Or point a client here", "environment of the program", $"""
                export STATSD_HOST={host} STATSD_PORT={port}
                export DD_AGENT_HOST={host} DD_DOGSTATSD_PORT={port}
                """),
        ]);
        yield return Line("graphite", "Graphite", Group, "TCP", "Plaintext of anything that writes to carbon; tags after semicolons.", ["graphite"], "Graphite", endpoint, (host, port) =>
        [
            new("Send by hand", "shell", $"""
                echo "orders.per_minute;shop=berlin 42 $(date +%s)" | nc -N {host} {port}
                """),
            new("Or let collectd write", "/etc/collectd/collectd.conf", $"""
                LoadPlugin write_graphite
                <Plugin write_graphite>
                  <Node "livedash">
                    Host "{host}"
                    Port "{port}"
                  </Node>
                </Plugin>
                """),
        ]);
        yield return new("influx", "InfluxDB clients", Group, "HTTP", "Any client of InfluxDB 1.x, 2.x or 3.x; token, organisation and bucket may be anything.", ["influx"],
        [
            new("Write a line", "shell", $"""
                curl "{address}/api/v2/write?precision=s" \
                  --data-binary "orders,shop=berlin per_minute=42 $(date +%s)"
                """),
            new("Or with a client", "Python, influxdb", $"""
                from influxdb import InfluxDBClient
                client = InfluxDBClient.from_dsn("{address.Replace("http://", "influxdb://", StringComparison.Ordinal)}/livedash")
                client.write_points([dict(measurement="orders", tags=dict(shop="berlin"), fields=dict(per_minute=42.0))])
                """),
        ]);
    }

    private static IEnumerable<SenderGuide> Pulled(string address)
    {
        const string Group = "Asked by LiveDash";
        yield return new("exporter", "Prometheus exporter", Group, "scraping", "LiveDash asks the exporter; nothing changes there.", ["scrape"],
        [
            new("Name the exporter", "shell; or on the page Sources", $$$"""
                curl -X PUT {{{address}}}/api/settings/sources/node \
                  -d '{"kind":"scrape","values":{"targets":"http://127.0.0.1:9100/metrics","interval":"5s"}}'
                """),
        ]);
        yield return Setup(address, "mqtt", "MQTT broker", "topics", "Topics of a broker, with wildcards; parts of the topic can be tags.", "home", """{"kind":"mqtt","values":{"host":"127.0.0.1","topics":"home/+/temperature","series":"temperature","tags":"room={1}"}}""",
            new SenderStep("Publish", "shell", "mosquitto_pub -t home/kitchen/temperature -m 21.5"));
        yield return Setup(address, "rabbitmq", "RabbitMQ", "queue", "Messages of a queue, acknowledged once their points are kept.", "queue", """{"kind":"rabbitmq","values":{"uri":"amqp://guest:guest@127.0.0.1:5672/","queue":"metrics"}}""");
        yield return Setup(address, "redis", "Redis", "stream", "Entries of a stream, read in a consumer group.", "stream", """{"kind":"redis","values":{"connection":"127.0.0.1:6379","stream":"metrics"}}""",
            new SenderStep("Add an entry", "shell", """redis-cli XADD metrics '*' data '{"series":"orders.per_minute","value":42}'"""));
        yield return Setup(address, "nats", "NATS JetStream", "consumer", "Messages of a stream, acknowledged once their points are kept.", "nats", """{"kind":"nats","values":{"url":"nats://127.0.0.1:4222","stream":"METRICS"}}""",
            new SenderStep("Publish", "shell", "nats pub plant.pump.speed 1480"));
        yield return Setup(address, "kafka", "Kafka", "topics", "Topics, read in a consumer group.", "kafka", """{"kind":"kafka","values":{"servers":"127.0.0.1:9092","topics":"metrics"}}""",
            new SenderStep("Produce", "shell", """echo '{"series":"orders.per_minute","value":42}' | kcat -P -b 127.0.0.1:9092 -t metrics"""));
        yield return Setup(address, "file", "Growing file", "following", "Lines as they are added, over rotation; the folder must be listed under LiveDash:Follow:Folders.", "log", """{"kind":"file","values":{"path":"/var/log/plant/points.ndjson"}}""",
            new SenderStep("Add a line", "shell", """echo '{"series":"orders.per_minute","value":42}' >> /var/log/plant/points.ndjson"""));
        yield return new("simulator", "Simulator", Group, "nothing", "Points by a scenario, to try a rule with.", ["simulator"],
        [
            new("Start one", "shell; or on the page Sources", $$$"""
                curl -X PUT {{{address}}}/api/settings/sources/sim \
                  -d '{"kind":"simulator","values":{"scenario":"sine","interval":"1s"}}'
                """),
            new("And stop it", "shell", $"curl -X DELETE {address}/api/settings/sources/sim"),
        ]);
    }

    private static SenderGuide Setup(string address, string kind, string name, string way, string lead, string called, string body, params IReadOnlyList<SenderStep> more) =>
        new(kind, name, "Asked by LiveDash", way, lead, [kind], [new("Set it up", "shell; or on the page Sources", $"curl -X PUT {address}/api/settings/sources/{called} \\\n  -d '{body}'"), .. more]);

    private static SenderGuide Line(
        string id, string name, string group, string way, string lead, IReadOnlyList<string> kinds, string listener, Func<string, string?> endpoint, Func<string, string, IReadOnlyList<SenderStep>> steps)
    {
        if (endpoint(listener) is not { } bound)
        {
            return new(id, name, group, way, lead, kinds, []) { Missing = $"The listener is off or its port is taken: see the page Sources, or set LiveDash:Listeners:{listener}:Endpoint." };
        }

        var colon = bound.LastIndexOf(':');
        return new(id, name, group, $"{way} {bound[(colon + 1)..]}", lead, kinds, steps(bound[..colon], bound[(colon + 1)..]));
    }
}
