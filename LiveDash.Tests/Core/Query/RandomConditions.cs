namespace LiveDash.Tests.Core.Query;

/// <summary>Conditions of LiveDash's own text by chance over the series of <see cref="QueryWorld"/>; the same for the same seed.</summary>
/// <param name="seed">The seed.</param>
/// <param name="isForRules">True for what rules alone judge, too.</param>
internal sealed class RandomConditions(int seed, bool isForRules = false)
{
    private static readonly string[] s_series = ["temp{host=*}", "load{host=*}", "*{job=api,zone=u*}", "temp{host=h0,job=api,zone=eu}", "load{host=h3,job=db}", "nothing", "temp{host=h?,job=db}"];
    private static readonly string[] s_windows = ["1", "7", "30", "45s", "2m", "tumbling 1m", "hopping 2m/30s", "session 40s", "session 16s"];
    private static readonly string[] s_aggregates = ["mean", "min", "max", "last", "first", "count", "sum", "p50", "p90", "distinct", "range", "above 20", "delta", "mad"];
    private static readonly string[] s_signs = [">", ">=", "<", "<=", "==", "!="];
    private readonly Random _random = new(seed);

    /// <summary>A condition of at most so many levels.</summary>
    public string Condition(int depth) => depth <= 0 ? Leaf() : _random.Next(5) switch
    {
        0 => $"{Condition(depth - 1)} and {Condition(depth - 1)}",
        1 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
        2 => $"not ({Condition(depth - 1)})",
        3 => $"{Condition(depth - 1)} or {Condition(depth - 1)}",
        _ => Leaf(),
    };

    /// <summary>What is asked of series, without a comparison.</summary>
    public string Call() => $"{Pick(s_aggregates)}({Pick(s_series)}, {Pick(s_windows)}{(_random.Next(4) == 0 ? ", within(0 0, 9 0, 4.5 9)" : "")})";

    private string Leaf() => _random.Next(isForRules ? 12 : 8) switch
    {
        < 4 => $"{Call()} {Pick(s_signs)} {_random.Next(-20, 120) / 4.0}",
        4 => $"outside({Pick(s_series)}, {Pick(s_windows)}, {_random.Next(0, 10)}, {_random.Next(10, 40)})",
        5 => $"absent({Pick(s_series)}, {_random.Next(1, 300)}s)",
        6 => $"state({Pick(s_series)}) {Pick(["==", "!="])} \"run \\\"{_random.Next(3)}\\\"\"",
        7 => $"anomaly({Pick(s_series)}{Pick(["", ", low", ", high"])})",
        8 => $"{Pick(["forecast", "forecast_low", "forecast_high"])}({Pick(s_series)}, {_random.Next(1, 100)}m) {Pick(s_signs)} {_random.Next(50)}",
        9 => $"time_to({Pick(s_series)}, 100) {Pick(["<", ">", "<=", ">="])} {_random.Next(1, 90)}h",
        10 => $"outlier({Pick(s_series)}, {Pick(s_windows)}) > {_random.Next(1, 9)}",
        _ => $"ewma {_random.Next(1, 90)}s({Pick(s_series)}, 5m) {Pick(s_signs)} 1",
    };

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
