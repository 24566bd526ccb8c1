using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Geometry;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace LiveDash.Tests.Core.Geometry;

/// <summary>Every path against NetTopologySuite and against each other, on the same seeded points.</summary>
public class ShapeOracleTests
{
    private static readonly GeometryFactory Factory = new();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(8, 2)]
    [InlineData(50, 3)]
    [InlineData(61, 4)]
    [InlineData(500, 5)]
    [InlineData(3000, 6)]
    public void Contains_RandomStar_AsNetTopologySuite(int corners, int seed) => Agree([[Star(new Random(seed), corners, 0, 0, 100)]], seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Contains_StarWithHoles_AsNetTopologySuite(int seed)
    {
        var random = new Random(seed);
        Agree([[Star(random, 40, 0, 0, 100, 0.6), Star(random, 12, -20, 0, 15), Star(random, 12, 20, 0, 15)]], seed);
    }

    [Fact]
    public void Contains_SeveralPolygons_AsNetTopologySuite()
    {
        var random = new Random(9);
        Agree([[Star(random, 30, 0, 0, 40)], [Star(random, 30, 100, 0, 40), Star(random, 8, 100, 0, 6)], [Star(random, 90, 0, 100, 40)]], 9);
    }

    [Fact]
    public void Contains_Sliver_AsNetTopologySuite()
    {
        // A triangle a millionth high, far from the origin: rounding alone would decide.
        Agree([[[(1_000_000, 1_000_000), (1_000_100, 1_000_033.3333333), (1_000_200, 1_000_066.666667)]]], 11);
        Agree([[[(0, 0), (1, 1e-12), (2, 0)]]], 12);
    }

    [Fact]
    public void Contains_LongitudeLatitude_AsNetTopologySuite() =>
        Agree([[[(-9.5, 38.7), (-8.9, 41.9), (-1.8, 43.4), (3.2, 42.4), (0.1, 38.7), (-2.1, 36.7), (-5.6, 36.0), (-7.4, 37.2)]]], 13);

    [Fact]
    public void Contains_WholeNumbers_EdgesAndCornersAsNetTopologySuite()
    {
        (double X, double Y)[] comb = [(0, 0), (20, 0), (20, 10), (16, 10), (16, 4), (12, 4), (12, 10), (8, 10), (8, 4), (4, 4), (4, 10), (0, 10)];
        List<double> x = [], y = [];
        for (var i = -2; i <= 44; i++)
        {
            for (var k = -2; k <= 24; k++)
            {
                x.Add(i / 2.0);
                y.Add(k / 2.0);
            }
        }

        Agree([[comb]], [.. x], [.. y]);
        Agree([[[(0, 0), (10, 5), (20, 0), (15, 10), (20, 20), (10, 15), (0, 20), (5, 10)], [(8, 8), (12, 8), (12, 12), (8, 12)]]], [.. x], [.. y]);
    }

    [Fact]
    public void Contains_ManyRandomStars_AsNetTopologySuite()
    {
        for (var seed = 100; seed < 160; seed++)
        {
            var random = new Random(seed);
            var offset = Math.Pow(10, random.Next(0, 8));
            Agree([[Star(random, random.Next(3, 130), offset, -offset, Math.Pow(10, random.Next(-3, 4)))]], seed, points: 400);
        }
    }

    // On whole numbers nearly every point lies on a side, a corner, the line through a side, or level with a corner.
    [Fact]
    public void Contains_StarsAndStairsOnWholeNumbers_AsNetTopologySuite()
    {
        List<double> x = [], y = [];
        for (var i = -2; i <= 42; i++)
        {
            for (var k = -2; k <= 42; k++)
            {
                x.Add(i);
                y.Add(k == 0 ? -0.0 : k);
            }
        }

        List<(double X, double Y)> stairs = [(0, 0)];
        for (var i = 0; i < 40; i++) stairs.AddRange([(i + 1, i), (i + 1, i + 1)]);
        stairs.Add((0, 40));
        Agree([[[.. stairs]]], [.. x], [.. y]);
        for (var seed = 0; seed < 40; seed++)
        {
            var ring = Star(new Random(seed), 4 + (seed * 2), 20, 20, 20).Select(static c => (Math.Round(c.X), Math.Round(c.Y))).ToList();
            if (TryShape([[[.. ring]]]) is not null) Agree([[[.. ring]]], [.. x], [.. y]);
        }
    }

    [Theory]
    [InlineData(1e-90)]
    [InlineData(1e90)]
    public void Contains_VerySmallAndVeryLarge_EveryPathTheSame(double scale)
    {
        var random = new Random(5);
        var shape = Shape([[Star(random, 70, 0, 0, scale)]]);
        double[] x = [.. Enumerable.Range(0, 3000).Select(_ => ((random.NextDouble() * 2) - 1) * scale)], y = [.. Enumerable.Range(0, 3000).Select(_ => ((random.NextDouble() * 2) - 1) * scale)];
        var expected = new bool[x.Length];
        shape.Contains(x, y, expected, PolygonKernel.Scalar);
        Assert.InRange(expected.Count(static one => one), 100, 2900);
        foreach (var kernel in Enum.GetValues<PolygonKernel>())
        {
            var inside = new bool[x.Length];
            shape.Contains(x, y, inside, kernel);
            Assert.Equal(expected, inside);
        }
    }

    [Fact]
    public void Contains_FewPointsAndAnyNumber_EveryPathTheSame()
    {
        var random = new Random(6);
        var shape = Shape([[Star(random, 30, 0, 0, 10), Star(random, 10, 0, 0, 1.9)]]);
        for (var count = 0; count < 40; count++)
        {
            double[] x = [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 24) - 12)], y = [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 24) - 12)];
            var expected = x.Select((one, i) => shape.Contains(one, y[i])).ToArray();
            foreach (var kernel in Enum.GetValues<PolygonKernel>())
            {
                // What stood there before must not shine through.
                var inside = Enumerable.Repeat(true, count).ToArray();
                shape.Contains(x, y, inside, kernel);
                Assert.Equal(expected, inside);
            }
        }
    }

    [Fact]
    public void Contains_FlatAndThinBoxes_EveryPathTheSame()
    {
        // A needle across the whole box, and sides so many and long that the cells must be larger.
        Agree([[[(0, 0), (1e6, 1e-6), (2e6, 0), (1e6, 2e-6)]]], 21);
        (double, double)[] comb = [.. Enumerable.Range(0, 2000).Select(static i => ((double)i, i % 2 == 0 ? 0.0 : 1000.0)), (1999.0, -5.0), (0.0, -5.0)];
        Agree([[comb]], 22);
    }

    [Fact]
    public void Contains_NaNAndInfinity_Outside()
    {
        var shape = Shape([[Star(new Random(1), 8, 0, 0, 10)]]);
        double[] x = [double.NaN, 0, double.PositiveInfinity, 0];
        double[] y = [0, double.NaN, 0, double.NegativeInfinity];
        foreach (var kernel in Enum.GetValues<PolygonKernel>())
        {
            var inside = new bool[4];
            shape.Contains(x, y, inside, kernel);
            Assert.Equal([false, false, false, false], inside);
        }
    }

    private static (double X, double Y)[] Star(Random random, int corners, double x, double y, double radius, double least = 0.2)
    {
        // Growing angles never cross, whatever the radii.
        var ring = new (double, double)[corners];
        for (var i = 0; i < corners; i++)
        {
            var angle = Math.Tau * (i + (0.8 * random.NextDouble())) / corners;
            var r = radius * (least + ((1 - least) * random.NextDouble()));
            ring[i] = (x + (r * Math.Cos(angle)), y + (r * Math.Sin(angle)));
        }

        return ring;
    }

    private static void Agree((double X, double Y)[][][] polygons, int seed, int points = 4000)
    {
        var random = new Random(seed);
        List<double> x = [], y = [];
        var corners = polygons.SelectMany(p => p).SelectMany(r => r).ToList();
        double minX = corners.Min(c => c.X), maxX = corners.Max(c => c.X), minY = corners.Min(c => c.Y), maxY = corners.Max(c => c.Y);
        for (var i = 0; i < points; i++)
        {
            x.Add(minX + (((random.NextDouble() * 1.2) - 0.1) * (maxX - minX)));
            y.Add(minY + (((random.NextDouble() * 1.2) - 0.1) * (maxY - minY)));
        }

        // Corners, points level with a corner, and points by the middle of an edge, where rounding matters.
        foreach (var ring in polygons.SelectMany(p => p))
        {
            for (var i = 0; i < ring.Length; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
                x.AddRange([a.X, minX + (random.NextDouble() * (maxX - minX)), (a.X + b.X) / 2, Math.BitIncrement((a.X + b.X) / 2)]);
                y.AddRange([a.Y, a.Y, (a.Y + b.Y) / 2, (a.Y + b.Y) / 2]);
            }
        }

        Agree(polygons, [.. x], [.. y]);
    }

    private static void Agree((double X, double Y)[][][] polygons, double[] x, double[] y)
    {
        var shape = Shape(polygons);
        var oracle = PreparedGeometryFactory.Prepare(Factory.CreateMultiPolygon([.. polygons.Select(p => Factory.CreatePolygon(NtsRing(p[0]), [.. p.Skip(1).Select(NtsRing)]))]));
        var expected = new bool[x.Length];
        for (var i = 0; i < x.Length; i++) expected[i] = oracle.Covers(Factory.CreatePoint(new Coordinate(x[i], y[i])));

        foreach (var kernel in Enum.GetValues<PolygonKernel>())
        {
            var inside = new bool[x.Length];
            shape.Contains(x, y, inside, kernel);
            for (var i = 0; i < x.Length; i++)
            {
                Assert.True(expected[i] == inside[i], string.Create(CultureInfo.InvariantCulture, $"{kernel} says {inside[i]} at ({x[i]:R}, {y[i]:R})"));
            }
        }
    }

    private static Shape? TryShape((double X, double Y)[][][] polygons)
    {
        try
        {
            return Shape(polygons);
        }
        catch (GeometryException)
        {
            // Rounding made it cross itself.
            return null;
        }
    }

    private static LinearRing NtsRing((double X, double Y)[] ring) => Factory.CreateLinearRing([.. ring.Append(ring[0]).Select(c => new Coordinate(c.X, c.Y))]);

    private static Shape Shape((double X, double Y)[][][] polygons)
    {
        var text = new StringBuilder("{\"type\":\"MultiPolygon\",\"coordinates\":[");
        text.AppendJoin(',', polygons.Select(p => "[" + string.Join(',', p.Select(r => "[" + string.Join(',', r.Append(r[0]).Select(c =>
            string.Create(CultureInfo.InvariantCulture, $"[{c.X:R},{c.Y:R}]"))) + "]")) + "]")).Append("]}");
        using var json = JsonDocument.Parse(text.ToString());
        return GeoJson.Parse(json.RootElement);
    }
}
