using System.Globalization;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>A rule and what happens to it, drawn from a seed: the same seed gives the same history on any machine.</summary>
internal sealed class RandomHistory
{
    private const long Second = TimeSpan.TicksPerSecond;

    private RandomHistory(RuleConfig rule, string otherExpr, IReadOnlyList<HistoryStep> steps) => (Rule, OtherExpr, Steps) = (rule, otherExpr, steps);

    public RuleConfig Rule { get; }

    /// <summary>The condition after an edit.</summary>
    public string OtherExpr { get; }

    public IReadOnlyList<HistoryStep> Steps { get; }

    /// <summary>Draws one.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="length">How many steps.</param>
    public static RandomHistory Draw(int seed, int length)
    {
        var random = new Random(seed);
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var measure = Pick("last(x{n=*}, 1)", "first(x{n=*}, 3)", "max(x{n=*}, 5s)", "min(x{n=*}, 2)");
        var isUp = random.Next(2) == 0;
        var threshold = isUp ? 6 : 3;
        var tail = (random.Next(3) == 0 ? $" critical {(isUp ? 8 : 1)}" : "") + Pick("", " for 1500ms", " for 4s", " for 12s") + Pick("", " keep 3s", " keep 9s")
            + (random.Next(2) == 0 ? $" clear {(isUp ? 4 : 5)}" : "");
        var sign = isUp ? ">" : "<";
        var rule = new RuleConfig
        {
            Id = "r", Name = "r", Expr = $"{measure} {sign} {threshold}{tail}", StaleAfter = Pick("8s", "20s"), OnMissing = Pick("keep", "resolve"),
            OnNoData = Pick("keep", "alert", "ok"), AllowPartial = random.Next(2) == 0,
        };
        var steps = new List<HistoryStep>();
        var wall = 0L;
        var level = 5;
        while (steps.Count < length)
        {
            switch (random.Next(100))
            {
                case < 40:
                    wall += Second;
                    steps.Add(new(HistoryStepKind.Tick, wall));
                    break;
                case < 88:
                    wall += random.Next(800) * TimeSpan.TicksPerMillisecond;
                    level = Math.Clamp(level + random.Next(-3, 4), 0, 9);
                    // Now and then a whole second, so that points share a time; mostly on time, at times behind or ahead.
                    var delay = random.Next(4) switch { 0 => random.Next(3000), 1 => -random.Next(500), _ => 0 } * TimeSpan.TicksPerMillisecond;
                    var time = random.Next(5) == 0 ? wall / Second * Second : wall - delay;
                    steps.Add(new(HistoryStepKind.Point, wall, random.Next(2), time, level));
                    break;
                case < 92:
                    for (var quiet = random.Next(5, 30); quiet > 0 && steps.Count < length; quiet--) steps.Add(new(HistoryStepKind.Tick, wall += Second));
                    break;
                case < 94:
                    // The machine sleeps, or its clock is set.
                    wall += random.Next(4) switch { 0 => -3600, 1 => 3600, 2 => 11, _ => 45 } * Second;
                    break;
                case < 96:
                    steps.Add(new(HistoryStepKind.Restart, wall += random.Next(1, 100) * Second));
                    break;
                case 96:
                    steps.Add(new(HistoryStepKind.Edit, wall));
                    break;
                case 97:
                    steps.Add(new(HistoryStepKind.Rename, wall));
                    break;
                default:
                    steps.Add(new(HistoryStepKind.Pause, wall));
                    break;
            }
        }

        return new RandomHistory(rule, $"{measure} {sign} {(isUp ? threshold - 1 : threshold + 1)}{tail}", steps);
    }

    /// <summary>Does a step, that is no restart, to the judge and to the oracle.</summary>
    /// <returns>The rule after it.</returns>
    public RuleConfig Apply(HistoryStep step, RuleConfig config, JudgeHarness judged, PlainJudge plain)
    {
        var wall = JudgeHarness.Start + step.Wall;
        switch (step.Kind)
        {
            case HistoryStepKind.Tick:
                judged.TickAt(wall);
                plain.Tick(wall);
                return config;
            case HistoryStepKind.Point:
                judged.PointAt(string.Create(CultureInfo.InvariantCulture, $"x{{n={step.Series}}}"), JudgeHarness.Start + step.Time, wall, step.Value);
                plain.Point(step.Series, JudgeHarness.Start + step.Time, wall, step.Value);
                return config;
        }

        config = step.Kind switch
        {
            HistoryStepKind.Edit => config with { Expr = config.Expr == Rule.Expr ? OtherExpr : Rule.Expr },
            HistoryStepKind.Rename => config with { Name = config.Name + "'" },
            _ => config with { Paused = !config.Paused },
        };
        var rule = JudgeHarness.Rule(config.Expr, _ => config);
        plain.Change(rule, wall);
        judged.ConfigureAt(wall, rule);
        return config;
    }
}
