using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;

namespace LiveDash.Tests.Core.Query;

/// <summary>A range evaluation computes all steps of a node at once; an instant one is its plain twin.</summary>
public sealed class RangeEvaluationTests
{
    private static readonly QueryLimits s_limits = new();

    [Theory]
    [InlineData(1, 61)]
    [InlineData(2, 7)]
    [InlineData(3, 240)]
    public async Task RangeAsync_RandomTreesAndSteps_IsTheInstantAtEachStep(int seed, int step)
    {
        var engine = new QueryEngine(QueryWorld.Make(), TimeProvider.System);
        var random = new RandomQueries(seed);
        for (var i = 0; i < 60; i++)
        {
            // What start() and end() mean differs between the two by what they are.
            var text = random.Vector(4).Replace("@ end()", "@ 1764501000.25", StringComparison.Ordinal).Replace("@ start()", "@ 1764500900.25", StringComparison.Ordinal);
            var expr = PromQuery.Parse(text);
            var from = QuerySamples.Ticks(QueryWorld.Start + 250.5);
            var to = from + (20 * step * TimeSpan.TicksPerSecond);
            var range = await AskAsync(() => engine.RangeAsync(expr, from, to, step * TimeSpan.TicksPerSecond, s_limits, CancellationToken.None));
            var steps = new QueryAnswer(null);
            var fault = default(QueryAnswer);
            for (var at = from; at <= to; at += step * TimeSpan.TicksPerSecond)
            {
                var one = await AskAsync(() => engine.InstantAsync(expr, at, s_limits, CancellationToken.None));
                if (one.Error is not null) fault = one;
                steps.Add(one);
            }

            Assert.True((fault ?? steps).Difference(range) is null, $"{text}: {(fault ?? steps).Difference(range)}");
        }
    }

    private static async Task<QueryAnswer> AskAsync(Func<Task<QueryResult>> ask)
    {
        try
        {
            return QueryAnswer.Of(await ask());
        }
        catch (QueryException fault)
        {
            return new QueryAnswer(fault.Message);
        }
    }
}
