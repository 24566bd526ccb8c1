using System.Text.Json;

namespace LiveDash.Core.Plots.Maps;

/// <summary>
/// The land of the world by Natural Earth (public domain, 1:50 million): rings of longitude and latitude, from the TopoJSON that the build puts beside the
/// program. Read once, when the first map is drawn; immutable, so safe on any thread.
/// </summary>
internal sealed class WorldLand
{
    private static readonly Lazy<WorldLand> s_read = new(static () => Read(Path.Combine(AppContext.BaseDirectory, "maps", "land-50m.json")));

    private WorldLand(IReadOnlyList<LandRing> rings) => Rings = rings;

    /// <summary>The world's land.</summary>
    /// <exception cref="PlotException">The file is not there.</exception>
    internal static WorldLand Instance => s_read.Value;

    /// <summary>Every border of land, and of the seas within it.</summary>
    internal IReadOnlyList<LandRing> Rings { get; }

    /// <summary>Reads a topology (TopoJSON 1.0): arcs as differences on a grid, rings as lists of arcs, one's complement for those that run backwards.</summary>
    internal static WorldLand Read(string file)
    {
        if (!File.Exists(file)) throw new PlotException($"Maps need {file}, which the build puts there.");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        var transform = root.GetProperty("transform");
        var (scale, move) = (Pair(transform.GetProperty("scale")), Pair(transform.GetProperty("translate")));
        var arcs = new List<(double X, double Y)[]>();
        foreach (var arc in root.GetProperty("arcs").EnumerateArray())
        {
            double x = 0, y = 0;
            arcs.Add([.. arc.EnumerateArray().Select(step =>
            {
                var (dx, dy) = Pair(step);
                (x, y) = (x + dx, y + dy);
                return ((x * scale.X) + move.X, (y * scale.Y) + move.Y);
            })]);
        }

        var rings = new List<LandRing>();
        foreach (var geometry in root.GetProperty("objects").GetProperty("land").GetProperty("geometries").EnumerateArray())
        {
            foreach (var ring in geometry.GetProperty("arcs").EnumerateArray().SelectMany(static polygon => polygon.EnumerateArray())) rings.Add(Join(ring, arcs));
        }

        return new WorldLand(rings);
    }

    private static (double X, double Y) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());

    private static LandRing Join(JsonElement ring, List<(double X, double Y)[]> arcs)
    {
        var corners = new List<(double X, double Y)>();
        foreach (var number in ring.EnumerateArray().Select(static n => n.GetInt32()))
        {
            var arc = number < 0 ? arcs[~number].Reverse() : arcs[number];
            // An arc begins where the one before ended.
            corners.AddRange(corners.Count == 0 ? arc : arc.Skip(1));
        }

        return new LandRing([.. corners]);
    }
}
