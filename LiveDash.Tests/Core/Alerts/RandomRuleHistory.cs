using System.Globalization;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>A rule of any kind and points of a few series, drawn from a seed: the same seed gives the same on any machine.</summary>
internal sealed class RandomRuleHistory
{
    private static readonly string[] s_series = ["a{n=1}", "a{n=2}", "b{n=1}", "b{n=2}", "c"];

    private RandomRuleHistory(RuleModel rule, IReadOnlyList<(string Series, long Ticks, double Value)> points, long end) => (Rule, Points, End) = (rule, points, end);

    public RuleModel Rule { get; }

    /// <summary>The points by time, in ticks since the start; each arrives at its own time.</summary>
    public IReadOnlyList<(string Series, long Ticks, double Value)> Points { get; }

    /// <summary>When it ends, in ticks since the start.</summary>
    public long End { get; }

    /// <summary>Draws one.</summary>
    public static RandomRuleHistory Draw(int seed)
    {
        var random = new Random(seed);
        var end = random.Next(120, 400) * TimeSpan.TicksPerSecond;
        var rule = DrawRule(random);
        var joins = rule.Expression.Condition.Leaves.Count() > 1;
        var points = new List<(string Series, long Ticks, double Value)>();
        foreach (var series in s_series)
        {
            // A rule that joins series begins with its driver: what it must know of the others is read at a moment between two ticks, a fraction of a second
            // newer than the last tick left it.
            var isFirst = joins && series[0] == 'a';
            var at = isFirst ? random.Next(1_000) * TimeSpan.TicksPerMillisecond : random.Next(3) == 0 ? random.Next(100) * TimeSpan.TicksPerSecond : random.Next(2_000) * TimeSpan.TicksPerMillisecond;
            var (level, pace) = (5, random.Next(2) == 0 ? 1_000 : random.Next(100, 2_500));
            while (at < end)
            {
                points.Add((series, at, random.Next(50) == 0 ? 90 : level));
                level = Math.Clamp(level + random.Next(-2, 3), 0, 9);
                // Some keep the beat of the ticks, some do not; now and then one falls silent.
                at += random.Next(60) == 0 ? random.Next(10_000, 70_000) * TimeSpan.TicksPerMillisecond
                    : pace == 1_000 ? TimeSpan.TicksPerSecond : random.Next(pace / 2, pace * 2) * TimeSpan.TicksPerMillisecond;
            }
        }

        return new(rule, [.. points.OrderBy(static p => p.Ticks)], end);
    }

    // Thresholds that no figure hits exactly where it is rounded: which side of it the last digit lands on is nobody's business here.
    private static RuleModel DrawRule(Random random)
    {
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var isWild = random.Next(3) > 0;
        string Series(char name) => name == 'c' ? "c" : name + (isWild ? "{n=*}" : "{n=1}");
        var first = Leaf(random, Series('a'));
        var condition = random.Next(4) switch
        {
            0 => $"{first} and {Leaf(random, Series(random.Next(2) == 0 ? 'b' : 'c'))}",
            1 => $"{first} or not {Leaf(random, Series(random.Next(2) == 0 ? 'b' : 'c'))}",
            _ => first,
        };
        var isOne = !condition.Contains(" and ", StringComparison.Ordinal) && !condition.Contains(" or ", StringComparison.Ordinal);
        var tail = Pick("", " for 1500ms", " for 4s", " for 12s") + Pick("", " keep 3s", " keep 9s");
        if (isOne && condition.Contains(" > ", StringComparison.Ordinal) && random.Next(2) == 0)
        {
            var threshold = double.Parse(condition.Split(" > ")[1], CultureInfo.InvariantCulture);
            tail += string.Create(CultureInfo.InvariantCulture, $" critical {threshold + 2} clear {threshold - 1}");
        }

        var config = new RuleConfig
        {
            Id = "r", Name = "r", Expr = condition + tail, StaleAfter = Pick("8s", "20s", "5m"), OnMissing = Pick("keep", "resolve"),
            OnNoData = Pick("keep", "alert", "ok"), AllowPartial = random.Next(2) == 0,
        };
        return JudgeHarness.Rule(config.Expr, _ => config);
    }

    private static string Leaf(Random random, string series)
    {
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var window = Pick("1", "3", "12", "3s", "20s", "tumbling 10s", "hopping 10s/5s");
        return random.Next(8) switch
        {
            0 => $"absent({series}, {Pick("3s", "12s", "30s")})",
            1 => $"outside({series}, {window}, 2, 7)",
            2 => $"zscore({series}, 20) > 4",
            3 => $"rate({series}, {Pick("5s", "20s")}) {Pick("< -0.011", "> 0.211")}",
            4 => $"{Pick("p90", "median", "std", "count", "slope", "delta", "ewma 5s")}({series}, {window}) > 3.01",
            _ => $"{Pick("mean", "min", "max", "last", "first")}({series}, {window}) {Pick("> 6", "< 3", "> 5", ">= 7", "!= 5")}",
        };
    }
}
