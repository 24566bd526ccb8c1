using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// The judge against a plain oracle on random histories: points in and out of order, silence, outages, clocks that are set, restarts and
/// changes of the rule. 300 histories of 200 steps; 100,000 with LIVEDASH_LONG_TESTS=1.
/// </summary>
public sealed class AlertOracleTests
{
    private const int Steps = 200;
    private static readonly int Histories = Environment.GetEnvironmentVariable("LIVEDASH_LONG_TESTS") == "1" ? 100_000 : 300;

    [Fact]
    public void Judge_RandomHistories_TellsWhatThePlainOracleTells() => Check(seed =>
    {
        var history = RandomHistory.Draw(seed, Steps);
        var (judged, plain) = Run(history);
        for (var i = 0; i < Math.Max(judged.Log.Lines.Count, plain.Log.Count); i++)
        {
            var (got, wanted) = (judged.Log.Lines.ElementAtOrDefault(i), plain.Log.ElementAtOrDefault(i));
            if (got != wanted) Assert.Fail($"Seed {seed}, rule {history.Rule.Expr}, event {i}: the judge told '{got}', the oracle '{wanted}'.");
        }
    });

    [Fact]
    public void Judge_SameInput_TellsTheSameByteForByte() => Check(seed =>
    {
        var history = RandomHistory.Draw(seed, Steps);
        var (first, second) = (Run(history).Judged.Log, Run(history).Judged.Log);
        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal(first.Transitions.Select(static t => t.Episode), second.Transitions.Select(static t => t.Episode));
    });

    [Fact]
    public void Judge_RandomHistories_EachEpisodeHasOneFiredAndAtMostOneResolved() => Check(seed =>
    {
        foreach (var alert in Run(RandomHistory.Draw(seed, Steps)).Judged.Log.Transitions.GroupBy(static t => t.AlertId))
        {
            string? open = null;
            var seen = new HashSet<string>();
            foreach (var transition in alert)
            {
                if (transition.Kind == AlertEventKind.Fired)
                {
                    Assert.Null(open);
                    open = transition.Episode;
                    Assert.True(seen.Add(open!));
                }

                if (transition.Kind is AlertEventKind.Recovering or AlertEventKind.Returned or AlertEventKind.SeverityChanged or AlertEventKind.Resolved)
                {
                    Assert.NotNull(open);
                    Assert.Equal(open, transition.Episode);
                }

                if (transition.Kind == AlertEventKind.Resolved) open = null;
            }
        }
    });

    [Fact]
    public void Fired_HistoriesWithoutSetClocks_HoldsForAtLeastFor() => Check(HoldsForAtLeastFor);

    // Histories that once failed: the machine slept, or its clock leapt ahead, while a point was late, and event time stepped back behind what had counted.
    [Theory]
    [InlineData(671_836_434)]
    [InlineData(1_123_108_072)]
    public void Fired_OutageAfterALatePoint_HoldsForAtLeastFor(int seed) => HoldsForAtLeastFor(seed);

    private static void HoldsForAtLeastFor(int seed)
    {
        var history = RandomHistory.Draw(seed, Steps);
        if (history.Steps.Zip(history.Steps.Skip(1)).Any(static pair => pair.Second.Wall < pair.First.Wall)) return;
        foreach (var fired in Run(history).Judged.Log.Transitions.Where(static t => t.Kind == AlertEventKind.Fired))
        {
            Assert.True(fired.At - fired.ActiveAt >= fired.Rule.Expression.For.Ticks, $"Seed {seed}: fired after {TimeSpan.FromTicks(fired.At - fired.ActiveAt)}.");
        }
    }

    private static void Check(Action<int> property) =>
        FsCheck.Fluent.Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    private static (JudgeHarness Judged, PlainJudge Plain) Run(RandomHistory history)
    {
        static string Name(int series) => string.Create(CultureInfo.InvariantCulture, $"x{{n={series}}}");
        var judged = new JudgeHarness();
        for (var i = 0; i < 2; i++) judged.Series(Name(i));
        var config = history.Rule;
        var plain = new PlainJudge(Read(config));
        judged.Configure(0, Read(config));
        foreach (var step in history.Steps)
        {
            if (step.Kind == HistoryStepKind.Restart)
            {
                plain.Restart(JudgeHarness.Start + step.Wall);
                judged.End(JudgeHarness.Start + step.Wall);
                judged.Begin(JudgeHarness.Start + step.Wall).Watch();
            }
            else
            {
                config = history.Apply(step, config, judged, plain);
            }
        }

        return (judged, plain);
    }

    private static RuleModel Read(RuleConfig config) => JudgeHarness.Rule(config.Expr, _ => config);
}
