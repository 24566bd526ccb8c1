using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LiveDash.Tests.Core.Ingestion;
using LiveDash.Tests.Shared;
using static LiveDash.Tests.Regressions.ParserInputs;

namespace LiveDash.Tests.Regressions;

/// <summary>What the parsers are asked to read: for each a reader, a length that is within its limits twice over, and how a text of such a length is made.</summary>
internal static class ParserSubjects
{
    private static readonly long s_nowMs = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>All of them, by name: the reader's, and what the text is made of.</summary>
    public static Dictionary<string, (string Reader, int Length, Func<int, byte[]> Input)> All { get; } = Texts().Concat(Files()).Concat(Lines()).Concat(Messages())
        .ToDictionary(static one => $"{one.Reader}: {one.What}", static one => (one.Reader, one.Length, one.Input));

    private static IEnumerable<(string Reader, string What, int Length, Func<int, byte[]> Input)> Texts() =>
    [
        ("rule text", "blanks", 900, Repeat("mean(cpu.load,", " ", "30s) > 80")),
        ("rule text", "blanks before", 600, Repeat("", " ", "mean(cpu.load, 30s) > 80 for 10s")),
        ("rule text", "blanks behind the condition", 600, Repeat("mean(cpu.load, 30s)", " ", "> 80 for 10s")),
        ("rule text", "tabs", 600, Repeat("mean(cpu.load, 30s) > 80", "\t", "and mean(disk.used, 30s) > 90")),
        ("rule text", "blanks before a fault", 600, Repeat("mean(cpu.load, 30s) > 80", " ", "!")),
        ("rule text", "a long series", 600, Repeat("mean(", "x", ", 30s) > 80")),
        ("rule text", "escapes", 300, Repeat("mean(cpu.load{host=\"", "\\a", "\"}, 30s) > 80")),
        ("rule text", "digits", 600, Repeat("mean(cpu.load, ", "9", "s) > 80")),
        ("rule text", "a state", 600, Repeat("state(pump) == \"", "a", "\"")),
        ("rule text", "parentheses", 600, Repeat("", "(", "mean(cpu.load, 30s) > 80")),
        ("rule text", "negations", 200, Repeat("", "not ", "mean(cpu.load, 30s) > 80")),
        ("rule text", "names", 200, Repeat("", "mean", "")),
        ("rule text", "steps", 80, Repeat("mean(cpu.load, 30s) > 80 ", "critical 9 ", "")),
        ("rule text", "conditions", 15, Repeat("last(a, 1) > 1", " and last(a, 1) > 1", "")),
        ("PromQL", "blanks", 20_000, Repeat("up", " ", "+ 1")),
        ("PromQL", "comments", 10_000, Repeat("up", "#\n", "+ 1")),
        ("PromQL", "a name", 30_000, Repeat("", "a", "")),
        ("PromQL", "digits", 30_000, Repeat("", "9", "")),
        ("PromQL", "hexadecimal digits", 30_000, Repeat("0x", "f", "")),
        ("PromQL", "a text", 15_000, Repeat("up{a=\"", "\\n", "\"}")),
        ("PromQL", "matchers", 4_000, Repeat("up{", "a=\"b\",", "}")),
        ("PromQL", "calls that the own text may have", 5_000, Repeat("", "max(", "x")),
        ("PromQL", "open tags of the own text", 5_000, Repeat("", "max({", "x")),
        ("PromQL", "a series of the own text", 15_000, Repeat("mean(", "x", ", 30s) > 80")),
        ("PromQL", "a tag of the own text", 10_000, Repeat("max(x{a=\"", "\\a", "\"}, 30s)")),
        ("PromQL", "names with figures", 5_000, Repeat("above", " 80", "(x, 5m)")),
        ("PromQL", "alternatives", 2_000, Repeat("up{a=~\"", "b|", "c\"}")),
        ("PromQL", "a pattern", 400, Repeat("up{a=~\"", "[b]*", "c\"}")),
        ("PromQL", "labels", 10_000, Repeat("sum by (", "a,", "b) (up)")),
        ("PromQL", "labels of both sides", 2_000, Both("up * on(", "a#,", "a) group_left(", "b#,", "b) up")),
        ("PromQL", "parentheses", 10_000, Repeat("", "(", "")),
        ("PromQL", "signs", 10_000, Repeat("", "-", "1")),
        ("PromQL", "brackets", 5_000, Repeat("up", "[1h:1m]", "")),
        ("PromQL", "arguments", 5_000, Repeat("label_join(up,\"a\",\",\"", ",\"b\"", ")")),
        ("former rule", "blanks", 200, Repeat("anomaly(", " ", "x")),
        ("former rule", "tags", 200, Repeat("anomaly(", "{}", "")),
        ("former rule", "openings", 1_000, Repeat("", "anomaly(", "")),
        ("audited text", "schemes", 2_000, Repeat("", "a://", "")),
        ("audited text", "a word before a scheme", 2_000, Repeat("", "a", "://")),
        ("series pattern", "tags", 5_000, Each("a{", "t#=x,", "}")),
        ("series pattern", "a text", 20_000, Repeat("a{b=\"", "\\\"", "\"}")),
        ("series pattern", "blanks", 20_000, Repeat("a{", " ", "b=c}")),
        ("template", "actions", 1_500, Repeat("", "{{ $value }}", "")),
        ("template", "parentheses", 5_000, Repeat("{{ ", "(", "1 }}")),
        ("template", "values", 2_000, Repeat("{{ print", " 1", " }}")),
        ("template", "a text that doubles", 400, Repeat("{{ $a := \"x\" }}", "{{ $a = print $a $a }}", "{{ $a }}")),
        ("template", "ranges in ranges", 15, Both("", "{{ range $labels }}", "", "{{ end }}", "")),
        ("template", "branches", 15, Both("", "{{ if 1 }}", "", "{{ end }}", "")),
        ("template", "comments", 5_000, Repeat("{{ ", "/* */ ", "1 }}")),
        ("template", "braces", 20_000, Repeat("{{ 1 }}", "}", "")),
        ("template", "replacements", 1_000, Repeat("{{ \"a\"", " | reReplaceAll \"a\" \"aa\"", " }}")),
        ("template", "a wide number", 1_000, Repeat("{{ printf \"", "%1000d", "\" 1 }}")),
        ("template check", "a text", 100_000, Repeat("{{ 1 }}", "x", "")),
        ("channel template", "open braces", 20_000, Repeat("", "{", "")),
        ("channel template", "open braces and a close one", 20_000, Repeat("", "{", "}")),
        ("channel template", "names", 5_000, Repeat("", "{message}", "")),
        ("channel template", "other names", 5_000, Repeat("", "{x}", "")),
        ("cron", "a list", 5_000, Repeat("", "1,", "1 * * * *")),
        ("cron", "fields", 5_000, Repeat("", "* ", "*")),
        ("cron", "blanks", 20_000, Repeat("*", " ", "* * * *")),
        ("graphite template", "parts", 2_000, Repeat("servers.* ", "host.", "name*")),
        ("graphite template", "tags", 5_000, Each("name ", "t#=x,", "a=b")),
        ("graphite template", "a filter", 400, Repeat("a", "*b", " name*")),
        ("graphite path", "parts", 10_000, Repeat("servers.a.b", ".c", "")),
        ("matcher", "a text", 20_000, Repeat("a=\"", "\\\"", "\"")),
        ("pattern", "groups", 1_000, Both("", "(", "a", ")", "")),
        ("pattern", "counts", 400, Repeat("", "a{2}", "")),
        ("pattern", "classes", 400, Repeat("", "[a-c]", "")),
        ("RE2", "quoted parts", 1_500, Repeat("", "\\Qa\\E", "")),
        ("RE2", "open classes", 2_000, Repeat("[", "[:", "")),
        ("RE2", "escapes", 400, Repeat("", "\\d", "")),
        ("duration", "parts", 2_000, Repeat("", "1s", "")),
        ("duration", "blanks", 20_000, Repeat("1s", " ", "1s")),
        ("window", "blanks", 20_000, Repeat("hopping", " ", "5m/30s")),
        ("aggregate", "a name", 20_000, Repeat("p", "9", "")),
        ("time", "digits", 20_000, Repeat("2026-01-01T00:00:00.", "0", "Z")),
        ("time", "a distance", 20_000, Repeat("now-", "1", "h")),
    ];

    private static IEnumerable<(string Reader, string What, int Length, Func<int, byte[]> Input)> Files() =>
    [
        ("rule file", "rules", 200, Each("rules:\n", "- {name: a#, expr: 'last(x, 1) > 1'}\n", "")),
        ("rule file", "groups of Prometheus", 200, Each("groups:\n- name: g\n  rules:\n", "  - {alert: a#, expr: up == 0, annotations: {summary: '{{ $value }}'}}\n", "")),
        ("rule file", "members that there are not", 300, Each("rules:\n- name: a\n", "  k#: v\n", "")),
        ("rule file", "a text", 50_000, Repeat("rules:\n- name: \"", "a", "\"\n")),
        ("rule file", "escapes", 20_000, Repeat("a: \"", "\\n", "\"\n")),
        ("rule file", "blanks", 50_000, Repeat("a:", " ", "b")),
        ("rule file", "comments", 10_000, Repeat("", "# x\n", "a: b")),
        ("rule file", "a list", 10_000, Repeat("a: [", "b, ", "c]")),
        ("rule file", "lines of a text", 10_000, Repeat("a: |\n", "  x\n", "")),
        ("rule file", "a folded text", 5_000, Repeat("a: b", "\n  c", "\n")),
        ("rule file", "documents", 2_000, Repeat("", "---\n", "")),
        ("rule file", "anchors", 5_000, Each("a: [", "&x# b, ", "c]")),
        ("rule file", "open lists", 20_000, Repeat("a: ", "[", "")),
        ("rule file", "open keys", 20_000, Repeat("", "? ", "")),
        ("rule file", "dashes", 20_000, Repeat("", "- ", "")),
        ("unit tests", "values", 10_000, Repeat("tests:\n- input_series:\n  - series: up\n    values: '", "1 ", "'\n")),
        ("unit tests", "series", 200, Each("tests:\n- input_series:\n", "  - {series: 'up{a=\"#\"}', values: '1x2'}\n", "")),
        ("unit tests", "tests", 200, Repeat("tests:\n", "- promql_expr_test:\n  - {expr: up, eval_time: 1m, exp_samples: [{labels: up, value: 1}]}\n", "")),
        ("series notation", "digits", 20_000, Repeat("", "1", "")),
        ("dashboard", "panels", 40, Each("{\"version\":2,\"name\":\"a\",\"panels\":[", "{\"id\":\"p#\",\"kind\":\"chart\",\"series\":[\"cpu.*\"],\"x\":0,\"y\":0,\"w\":6,\"h\":4},", "]}")),
        ("dashboard", "fields that there are not", 1_000, Each("{\"version\":2,\"name\":\"a\",", "\"f#\":1,", "\"panels\":[]}")),
        ("dashboard", "fields that stand twice", 1_000, Repeat("{\"version\":2,", "\"name\":\"a\",", "\"panels\":[]}")),
        ("dashboard", "series", 5_000, Repeat("{\"version\":2,\"name\":\"a\",\"panels\":[{\"id\":\"p\",\"kind\":\"chart\",\"series\":[", "\"cpu.*\",", "\"a\"]}]}")),
        ("dashboard", "a long name", 50_000, Repeat("{\"version\":2,\"name\":\"", "a", "\",\"panels\":[]}")),
        ("shape", "corners", 2_000, Circle),
        ("shape", "polygons", 500, Each("{\"type\":\"MultiPolygon\",\"coordinates\":[", "[[[#.1,0],[#.9,0],[#.9,1]]],", "[[[-9,0],[-8,0],[-8,1]]]]}")),
        ("shape", "polygons that overlap", 500, Each("{\"type\":\"FeatureCollection\",\"features\":[", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[#,0],[#,1],[1#,0.5]]]}},", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-9,0],[-8,0],[-8,1]]]}}]}")),
        ("csv lines", "columns", 3_000, Each("", "c#,", "z\n")),
        ("csv lines", "rows", 300, Repeat("a,b\n", "1,2\n", "")),
        ("csv file", "rows", 2_000, Repeat("v,w\n", "1,2\n", "")),
        ("csv file", "columns", 10_000, n => [.. Each("v,", "c#,", "z\n")(n / 2), .. Repeat("", "1,", "1\n")(n / 2)]),
        ("csv file", "quotes", 20_000, Repeat("v,w\n", "\"", "\n1,2\n")),
        ("csv file", "open cells", 20_000, Repeat("v,w\n1,", "\"a,\"\"", "\n1,2\n")),
        ("json file", "rows", 1_000, Repeat("", "{\"v\":1,\"w\":{\"x\":[1,2]}}\n", "")),
        ("json file", "members", 5_000, Each("[{", "\"k#\":1,", "\"v\":1}]")),
        ("geojson file", "features", 500, Repeat("{\"type\":\"FeatureCollection\",\"features\":[", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"properties\":{\"s\":\"a\"}},", "{}]}")),
        ("geojson file", "places and a long name", 3_000, n => [.. Repeat("{\"type\":\"Feature\",\"properties\":{\"s\":\"", "aaaa", "\"},\"geometry\":{\"type\":\"MultiPoint\",\"coordinates\":[")(n), .. Repeat("", "[1,2],", "[1,2]]}}")(n)]),
    ];

    private static IEnumerable<(string Reader, string What, int Length, Func<int, byte[]> Input)> Lines() =>
    [
        ("json", "lines", 2_000, Repeat("", "{\"series\":\"a\",\"value\":1}\n", "")),
        ("json", "elements", 2_000, Repeat("[", "{\"series\":\"a\",\"value\":1},", "{}]")),
        ("json", "tags", 2_000, Each("{\"series\":\"a\",\"tags\":{", "\"t#\":\"x\",", "\"z\":\"z\"},\"value\":1}")),
        ("json", "brackets", 20_000, Repeat("{\"series\":", "[", "")),
        ("json", "a text", 10_000, Repeat("{\"series\":\"a\",\"state\":\"", "\\n", "\"}")),
        ("json", "blanks", 20_000, Repeat("{\"series\":", " ", "\"a\",\"value\":1}")),
        ("json", "commas", 20_000, Repeat("[", ",", "]")),
        ("line protocol", "lines", 2_000, Repeat("", "a,b=c v=1 1\n", "")),
        ("line protocol", "fields", 2_000, Each("a,b=c ", "f#=1,", "z=1 1\n")),
        ("line protocol", "tags", 5_000, Each("a", ",t#=x", " v=1 1\n")),
        ("line protocol", "escapes", 20_000, Repeat("a", "\\ ", " v=1 1\n")),
        ("line protocol", "a text", 20_000, Repeat("a v=\"", "\\\"", "\" 1\n")),
        ("line protocol", "open texts", 10_000, Repeat("", "a v=\"\n", "")),
        ("line protocol", "quotes", 20_000, Repeat("a v=", "\"", " 1\n")),
        ("graphite", "lines", 2_000, Repeat("", "a.b 1 1\n", "")),
        ("graphite", "parts of a path", 20_000, Repeat("servers.a", ".b", " 1 1\n")),
        ("graphite", "tags", 5_000, Each("a", ";t#=x", " 1 1\n")),
        ("statsd", "lines", 2_000, Repeat("", "a:1|c\n", "")),
        ("statsd", "packed values", 10_000, Repeat("a:1", ":2", "|ms\n")),
        ("statsd", "tags", 5_000, Each("a:1|c|#", "t#:x,", "z\n")),
        ("statsd", "fields", 20_000, Repeat("a:1|c", "|", "\n")),
        ("exposition", "lines", 2_000, Repeat("", "a{b=\"c\"} 1\n", "")),
        ("exposition", "labels", 3_000, Each("a{", "t#=\"x\",", "} 1\n")),
        ("exposition", "escapes", 20_000, Repeat("a{b=\"", "\\\"", "\"} 1\n")),
        ("exposition", "comments", 5_000, Repeat("", "# HELP a b\n", "")),
        ("collectd", "values behind one that nests", 10_000, Repeat("[{\"plugin\":\"a\",\"values\":[[]", ",1", "]}]")),
        ("collectd", "names behind one that nests", 4_000, n => [.. Repeat("[{\"plugin\":\"a\",\"dsnames\":[[]", ",\"b\"", "],")(n), .. Repeat("\"values\":[null", ",1", "]}]")(n)]),
        ("collectd", "values of a long name", 4_000, n => [.. Repeat("[{\"plugin\":\"", "a", "\",")(n), .. Repeat("\"values\":[1", ",1", "]}]")(n)]),
        ("collectd packets", "values of a long name", 1_500, Packet),
        ("message", "members", 1_000, Each("{", "\"k#\":1,", "\"z\":1}")),
        ("message", "members of one with a long name", 3_000, n => [.. Repeat("{\"", "aaaa", "\":{")(n), .. Each("", "\"k#\":1,", "\"z\":1}}")(n)]),
        ("message", "lines", 500, Repeat("", "a,b=c v=1\n", "")),
    ];

    private static IEnumerable<(string Reader, string What, int Length, Func<int, byte[]> Input)> Messages() =>
    [
        ("pickle", "points of a long path", 3_000, Pickle),
        ("otlp", "points", 2_000, static n => Otlp("a", [], n)),
        ("otlp", "points of a long name", 3_000, static n => Otlp(new string('a', n), [], n)),
        ("otlp", "points of many attributes", 2_000, static n => Otlp("a", [.. Enumerable.Repeat(("service.name", "shop"), n)], n)),
        ("otlp", "points of a long attribute", 3_000, static n => Otlp("a", [("service.name", new string('a', n))], n)),
        ("otlp json", "points", 500, Repeat("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"gauge\":{\"dataPoints\":[", "{\"asDouble\":1},", "{\"asDouble\":1}]}}]}]}]}")),
        ("otlp json", "a text", 20_000, Repeat("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"", "a", "\"}]}]}]}")),
        ("remote-write 1", "samples", 3_000, static n => ProtoWriter.Snappy(ProtoWriter.RemoteWrite1(([("__name__", "a")], [.. Enumerable.Repeat((1.0, s_nowMs), n)])))),
        ("remote-write 1", "series", 1_000, static n => ProtoWriter.Snappy(ProtoWriter.RemoteWrite1([.. Enumerable.Range(0, n).Select(static i => ((IReadOnlyList<(string, string)>)[("__name__", "a" + i)], (IReadOnlyList<(double, long)>)[(1, s_nowMs)]))]))),
        ("remote-write 1", "histograms", 1_000, static n => Histograms(n, 0)),
        ("remote-write 1", "histograms and empty labels", 500, static n => Histograms(n, n)),
        ("remote-write 2", "series of a long symbol", 2_000, static n => ProtoWriter.Snappy(ProtoWriter.RemoteWrite2(["", "__name__", new string('a', n)], [.. Enumerable.Range(0, n).Select(static _ => ((IReadOnlyList<int>)[1, 2], (IReadOnlyList<(double, long)>)[(1, s_nowMs)]))]))),
    ];

    private static byte[] Circle(int n)
    {
        var text = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        for (var i = 0; i <= n; i++)
        {
            var (y, x) = Math.SinCos(2 * Math.PI * (i % n) / n);
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}[{x:R},{y:R}]");
        }

        return Encoding.UTF8.GetBytes(text.Append("]]}").ToString());
    }

    private static byte[] Packet(int n)
    {
        using var packet = new MemoryStream();
        Part(0x0000, [.. Enumerable.Repeat((byte)'h', n * 10), 0]);
        Part(0x0002, "load\0"u8);
        var values = new byte[2 + (9 * n)];
        BinaryPrimitives.WriteUInt16BigEndian(values, (ushort)n);
        values.AsSpan(2, n).Fill(1);
        Part(0x0006, values);
        return packet.ToArray();

        void Part(ushort kind, ReadOnlySpan<byte> body)
        {
            Span<byte> head = stackalloc byte[4];
            BinaryPrimitives.WriteUInt16BigEndian(head, kind);
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(body.Length + 4));
            packet.Write(head);
            packet.Write(body);
        }
    }

    // A list of (path, (1, 1)), whose path is said once and then meant.
    private static byte[] Pickle(int n)
    {
        List<byte> message = [0x80, 2, (byte)']', (byte)'X', .. BitConverter.GetBytes(n), .. Enumerable.Repeat((byte)'a', n), (byte)'q', 0, (byte)'K', 1, (byte)'K', 1, 0x86, 0x86, (byte)'a'];
        for (var i = 0; i < n; i++) message.AddRange([(byte)'h', 0, (byte)'K', 1, (byte)'K', 1, 0x86, 0x86, (byte)'a']);
        message.Add((byte)'.');
        var head = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)message.Count);
        return [.. head, .. message];
    }

    private static byte[] Otlp(string name, IReadOnlyList<(string Key, string Value)> attributes, int points)
    {
        var point = new ProtoWriter().Double(4, 1).ToArray();
        var data = new ProtoWriter();
        for (var i = 0; i < points; i++) data.Bytes(1, point);
        var metric = new ProtoWriter().Bytes(1, Encoding.UTF8.GetBytes(name)).Bytes(7, data.Varint(2, 2).ToArray()).ToArray();
        var resource = new ProtoWriter();
        foreach (var (key, value) in attributes) resource.Bytes(1, new ProtoWriter().Bytes(1, Encoding.UTF8.GetBytes(key)).Bytes(2, new ProtoWriter().Bytes(1, Encoding.UTF8.GetBytes(value)).ToArray()).ToArray());
        var body = new ProtoWriter().Bytes(1, resource.ToArray()).Bytes(2, new ProtoWriter().Bytes(2, metric).ToArray()).ToArray();
        return new ProtoWriter().Bytes(1, body).ToArray();
    }

    private static byte[] Histograms(int count, int labels)
    {
        var histogram = new ProtoWriter().Varint(1, 7).Double(3, 12.5).Varint(15, (ulong)s_nowMs).ToArray();
        var series = new ProtoWriter().Bytes(1, ProtoWriter.Pair("__name__", "rpc"));
        for (var i = 0; i < labels; i++) series.Bytes(1, ProtoWriter.Pair("empty", ""));
        for (var i = 0; i < count; i++) series.Bytes(4, histogram);
        return ProtoWriter.Snappy(new ProtoWriter().Bytes(1, series.ToArray()).ToArray());
    }
}
