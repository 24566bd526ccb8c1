using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Geometry;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Coordinate = NetTopologySuite.Geometries.Coordinate;

namespace LiveDash.Benchmarks;

/// <summary>Which of 500,000 points lie within a star: each kernel, a plain crossing loop and NetTopologySuite's prepared geometry, which must all agree.</summary>
internal sealed class PolygonBenchmark : IBenchmark
{
    private const int Points = 500_000;

    private static readonly (int Corners, double BudgetMs)[] Shapes = [(8, 2), (50, 8), (500, 15)];
    private const int ManyCorners = 10_000;
    private const double ManyCornersMs = 20;

    /// <inheritdoc/>
    public string Name => "polygon";

    /// <inheritdoc/>
    public string About => "points within a polygon of 8, 50 and 500 corners, against a plain loop and NetTopologySuite";

    /// <inheritdoc/>
    public Task<int> RunAsync(string[] args)
    {
        var random = new Random(1);
        var x = Enumerable.Range(0, Points).Select(_ => random.NextDouble() * 100).ToArray();
        var y = Enumerable.Range(0, Points).Select(_ => random.NextDouble() * 100).ToArray();
        foreach (var (corners, budget) in Shapes) Measure(corners, budget, x, y);
        Check();
        return Task.FromResult(0);
    }

    private static void Measure(int corners, double budget, double[] x, double[] y)
    {
        var ring = Star(corners);
        var positions = string.Join(',', ring.Select(static c => string.Create(CultureInfo.InvariantCulture, $"[{c.X:R},{c.Y:R}]")));
        var text = $"{{\"type\":\"Polygon\",\"coordinates\":[[{positions}]]}}";
        using var json = JsonDocument.Parse(text);
        var shape = GeoJson.Parse(json.RootElement);
        var prepared = PreparedGeometryFactory.Prepare(new GeometryFactory().CreatePolygon(ring));
        var factory = new GeometryFactory();
        var inside = new bool[Points];
        var counts = new Dictionary<string, int>();
        var peers = new List<(string, Func<long>)>();
        foreach (var kernel in Enum.GetValues<PolygonKernel>())
        {
            peers.Add(("LiveDash " + kernel, () => Run("LiveDash " + kernel, () => shape.Contains(x, y, inside, kernel))));
        }

        // What a question costs that was never asked before: the text read, the shape checked, its grid made.
        peers.Add(("LiveDash, from the text on", () => Run("LiveDash, from the text on", () =>
        {
            using var again = JsonDocument.Parse(text);
            GeoJson.Parse(again.RootElement).Contains(x, y, inside);
        })));
        peers.Add(("plain loop", () => Run("plain loop", () => Plain(ring, x, y, inside))));
        peers.Add(("NetTopologySuite prepared", () => Run("NetTopologySuite prepared", () =>
        {
            for (var i = 0; i < Points; i++) inside[i] = prepared.Covers(factory.CreatePoint(new Coordinate(x[i], y[i])));
        })));
        var results = Meter.InTurns(peers);
        var own = results[0].Nanoseconds;
        Console.WriteLine($"{corners} corners, {Points:N0} points, {counts.Values.First():N0} inside, one core; all agree: {(counts.Values.Distinct().Count() == 1 ? "yes" : "NO")}");
        foreach (var (name, nanoseconds, _) in results)
        {
            var verdict = name == "LiveDash " + PolygonKernel.Auto ? $"  (budget {budget} ms: {Meter.Verdict(nanoseconds / 1e6 <= budget)})" : $"  {nanoseconds / own:F1} x";
            Console.WriteLine($"  {name,-28} {nanoseconds / 1e6,8:F2} ms{verdict}");
        }

        long Run(string name, Action act)
        {
            act();
            // Counted at the warm-up alone: it takes as long as the fastest kernel.
            if (!counts.ContainsKey(name)) counts[name] = inside.Count(static one => one);
            return 1;
        }
    }

    // What it takes to know that a drawn shape of many corners is one: read, checked, its grid made.
    private static void Check()
    {
        var text = $"{{\"type\":\"Polygon\",\"coordinates\":[[{string.Join(',', Star(ManyCorners).Select(static c => string.Create(CultureInfo.InvariantCulture, $"[{c.X:R},{c.Y:R}]")))}]]}}";
        var (_, nanoseconds, _) = Meter.InTurns([("check", () =>
        {
            using var json = JsonDocument.Parse(text);
            GeoJson.Parse(json.RootElement);
            return 1;
        })])[0];
        Console.WriteLine($"{ManyCorners:N0} corners read and checked: {nanoseconds / 1e6:F1} ms (budget {ManyCornersMs} ms: {Meter.Verdict(nanoseconds / 1e6 <= ManyCornersMs)})");
    }

    private static Coordinate[] Star(int corners)
    {
        var random = new Random(corners);
        var ring = Enumerable.Range(0, corners).Select(i =>
        {
            var angle = 2 * Math.PI * i / corners;
            var radius = 15 + (random.NextDouble() * 33);
            return new Coordinate(50 + (radius * Math.Cos(angle)), 50 + (radius * Math.Sin(angle)));
        }).ToList();
        ring.Add(ring[0]);
        return [.. ring];
    }

    // The crossing-number test as it is usually written.
    private static void Plain(Coordinate[] ring, double[] x, double[] y, bool[] inside)
    {
        for (var p = 0; p < x.Length; p++)
        {
            var within = false;
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                if (ring[i].Y > y[p] != ring[j].Y > y[p]
                    && x[p] < ((ring[j].X - ring[i].X) * (y[p] - ring[i].Y) / (ring[j].Y - ring[i].Y)) + ring[i].X) within = !within;
            }

            inside[p] = within;
        }
    }
}
