using System.Globalization;

namespace LiveDash.Tests.Core.Query;

/// <summary>Expressions by chance over the series of <see cref="QueryWorld"/>; the same for the same seed.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] s_gauges = ["temp", "load", "{__name__=~\"temp|load\"}"];
    private static readonly string[] s_counters = ["requests_total", "errors_total"];
    private static readonly string[] s_matchers = ["job=\"api\"", "job!=\"api\"", "host=~\"h[0-2]\"", "host!~\"h1|h3\"", "zone=\"\"", "zone=\"eu\"", "code=~\"5..\"", "nope=\"\""];
    private static readonly string[] s_labels = ["job", "host", "zone", "code"];
    private static readonly string[] s_durations = ["45s", "1m", "2m", "5m", "7m30s"];
    private static readonly string[] s_overTime =
    [
        "avg_over_time", "sum_over_time", "min_over_time", "max_over_time", "count_over_time", "last_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time", "changes", "resets", "delta",
        "idelta", "deriv",
    ];

    private static readonly string[] s_rates = ["rate", "increase", "irate"];
    private static readonly string[] s_math = ["abs", "ceil", "floor", "sqrt", "exp", "ln", "sgn", "round", "deg", "atan", "cos", "hour", "day_of_week", "timestamp", "sort"];
    private static readonly string[] s_aggregates = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"];
    private static readonly string[] s_arithmetic = ["+", "-", "*", "/", "%", "^"];
    private static readonly string[] s_comparisons = ["==", "!=", ">", "<", ">=", "<="];
    private readonly Random _random = new(seed);

    /// <summary>An expression that yields a vector, of at most so many levels.</summary>
    public string Vector(int depth)
    {
        if (depth <= 0) return Selector(s_gauges) + Shift();
        return _random.Next(12) switch
        {
            0 => Selector(s_gauges) + Shift(),
            1 or 2 => $"{Pick(s_rates)}({Selector(s_counters)}[{Pick(s_durations)}]{Shift()})",
            3 => $"{Pick(s_overTime)}({Selector(s_gauges)}[{Pick(s_durations)}]{Shift()})",
            4 => $"{Pick(s_overTime)}({Vector(depth - 2)}[{Pick(s_durations)}:{(_random.Next(3) == 0 ? "" : Pick(["17s", "30s", "1m"]))}]{Shift()})",
            5 or 6 => Aggregate(depth),
            7 => $"{Pick(s_math)}({Vector(depth - 1)})",
            8 => $"({Vector(depth - 1)} {Operator()} {Scalar(depth - 1)})",
            9 => $"({Vector(depth - 1)} {Pick(s_comparisons)} bool {Scalar(depth - 1)})",
            10 => Join(depth),
            _ => Special(depth),
        };
    }

    private string Scalar(int depth) => _random.Next(5) switch
    {
        0 => "(time() % 100)",
        1 when depth > 0 => $"scalar(sum({Vector(depth - 1)}))",
        2 => "pi()",
        _ => (_random.Next(-50, 200) / 4.0).ToString(CultureInfo.InvariantCulture),
    };

    private string Aggregate(int depth)
    {
        var inner = Vector(depth - 1);
        var by = _random.Next(4) switch { 0 => "", 1 => $" without ({Pick(s_labels)})", _ => $" by ({Pick(s_labels)}, {Pick(s_labels)})" };
        return _random.Next(10) switch
        {
            0 => $"quantile{by} ({Pick(["0", "0.3", "0.5", "0.95", "1"])}, {inner})",
            // Of equal values either may be chosen, so these have none.
            1 => $"{Pick(["topk", "bottomk"])}{by} ({_random.Next(1, 4)}, {Selector(s_gauges)})",
            2 => $"count_values{by} (\"value\", round({inner}))",
            _ => $"{Pick(s_aggregates)}{by} ({inner})",
        };
    }

    private string Join(int depth)
    {
        var (left, right) = (Vector(depth - 1), Vector(depth - 1));
        return _random.Next(7) switch
        {
            0 => $"({left} {Pick(["and", "or", "unless"])} on ({Pick(s_labels)}, host) {right})",
            1 => $"({left} {Pick(["and", "or", "unless"])} {right})",
            2 => $"({left} {Operator()} on (host) group_left () avg by (host) ({right}))",
            3 => $"(max by (job) ({left}) {Operator()} on (job) group_right (zone) {right})",
            4 => $"(sum by (host, job) ({left}) {Operator()} ignoring (zone) sum by (host, job) ({right}))",
            5 => $"(sum by (host) ({left}) {Pick(s_comparisons)} bool on (host) min by (host) ({right}))",
            _ => $"({left} {Operator()} {right})",
        };
    }

    private string Special(int depth) => _random.Next(13) switch
    {
        0 => $"histogram_quantile({Pick(["0.1", "0.5", "0.9", "0.99"])}, sum by (le{Pick(["", ", host", ", job"])}) (rate(latency_bucket[{Pick(s_durations)}])))",
        1 => $"label_replace({Vector(depth - 1)}, \"copy\", \"<$1>\", \"host\", \"h(.*)\")",
        2 => $"label_join({Vector(depth - 1)}, \"both\", \"-\", \"job\", \"host\")",
        3 => $"absent({Selector(s_gauges)})",
        4 => $"absent_over_time({Selector(s_gauges)}[{Pick(s_durations)}])",
        5 => $"clamp({Vector(depth - 1)}, {_random.Next(0, 10)}, {_random.Next(5, 60)})",
        6 => $"predict_linear({Selector(s_gauges)}[{Pick(s_durations)}], {_random.Next(60, 600)})",
        7 => $"quantile_over_time({Pick(["0.1", "0.5", "0.9"])}, {Selector(s_gauges)}[{Pick(s_durations)}])",
        8 => $"(-{Vector(depth - 1)})",
        9 => $"round({Vector(depth - 1)}, {Pick(["0.1", "5", "0.25"])})",
        10 => $"vector({Scalar(depth - 1)})",
        11 => "(sum(latency_bucket) by (le) / ignoring (le) group_left () sum(latency_count))",
        _ => $"{Pick(["clamp_min", "clamp_max"])}({Vector(depth - 1)}, {_random.Next(0, 60)})",
    };

    private string Selector(string[] names)
    {
        var name = Pick(names);
        if (name[0] == '{' || _random.Next(2) == 0) return name;
        return _random.Next(3) == 0 ? $"{name}{{{Pick(s_matchers)}, {Pick(s_matchers)}}}" : $"{name}{{{Pick(s_matchers)}}}";
    }

    private string Shift() => _random.Next(12) switch
    {
        0 => " offset 1m30s",
        1 => " offset -40s",
        2 => $" @ {QueryWorld.Start + _random.Next(0, 1800)}.25",
        3 => " @ end()",
        4 => " @ start() offset 20s",
        _ => "",
    };

    private string Operator() => _random.Next(3) == 0 ? Pick(s_comparisons) : Pick(s_arithmetic);

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
