using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

/// <summary>
/// The same points and the same expressions to a true Prometheus 2.42 and to this engine. Moments of evaluation lie on half seconds and points never do, since the edges of ranges are closed in 2.42 and
/// left-open in 3, which is ours.
/// </summary>
public sealed class PrometheusComparisonTests
{
    private const int Generated = 1_000;
    private const double Begin = QueryWorld.Start + 300.5;
    private const double End = QueryWorld.Start + 1_700.5;
    private const double Step = 47;

    [ToolFact("prometheus", "promtool")]
    public async Task Queries_GeneratedAndByHand_GiveWhatPrometheusGives()
    {
        var samples = QueryWorld.Make();
        var engine = new QueryEngine(samples, TimeProvider.System);
        await using var prometheus = await TruePrometheus.StartAsync(samples);
        var random = new RandomQueries(42);
        var queries = Enumerable.Range(0, Generated).Select(_ => random.Vector(4)).Concat(HandWrittenQueries.All).ToList();
        var differences = new List<string>();
        var values = 0L;
        await Parallel.ForEachAsync(queries.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, cancellationToken) =>
        {
            var (number, query) = one;
            // The kinds that have no range are asked at one moment, and of the others every second.
            var expr = PromQuery.Parse(query, strict: true, experimental: true);
            var isRange = number % 2 == 0 && expr.Kind is ValueKind.Scalar or ValueKind.Vector;
            var at = Begin + (number % 1_400);
            var ours = await OursAsync(engine, expr, isRange, at);
            var theirs = isRange ? await prometheus.RangeAsync(query, Begin, End, Step) : await prometheus.InstantAsync(query, at);
            Interlocked.Add(ref values, theirs.Count);
            if (ours.Difference(theirs) is { } difference)
            {
                lock (differences) differences.Add($"{query} ({(isRange ? "range" : at)}): {difference}");
            }
        });
        Assert.True(differences.Count == 0, $"{differences.Count} of {queries.Count} differ:\n{string.Join('\n', differences.Take(25))}");
        // Queries without an answer prove little.
        Assert.True(values > 50_000, $"{values} values were compared.");
    }

    private static async Task<QueryAnswer> OursAsync(QueryEngine engine, QueryExpr expr, bool isRange, double at)
    {
        try
        {
            var (from, to) = (QuerySamples.Ticks(Begin), QuerySamples.Ticks(End));
            return QueryAnswer.Of(isRange
                ? await engine.RangeAsync(expr, from, to, (long)(Step * TimeSpan.TicksPerSecond), new QueryLimits(), CancellationToken.None)
                : await engine.InstantAsync(expr, QuerySamples.Ticks(at), new QueryLimits(), CancellationToken.None));
        }
        catch (QueryException fault)
        {
            return new QueryAnswer(fault.Message);
        }
    }
}
