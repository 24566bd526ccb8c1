using System.Runtime.InteropServices;
using LiveDash.Core.Plots.Drawing;
using LiveDash.Core.Plots.Kinds;

namespace LiveDash.Core.Plots.Maps;

/// <summary>Draws the world's land and coasts under the places of a map, as far as the map shows them. Thread-safe.</summary>
internal static class Coastline
{
    // Corners nearer than this on the paper are one.
    private const double Nearest = 0.6;

    /// <summary>True where all places can be longitude and latitude, so that a map can be drawn under them.</summary>
    internal static bool Covers(Extent x, Extent y) => !x.IsEmpty && x.Low >= -180 && x.High <= 180 && y.Low >= -90 && y.High <= 90;

    /// <summary>Draws what lies within the frame; the caller has set the clip.</summary>
    internal static void Draw(Canvas canvas, PlotFrame frame, PlotTheme theme)
    {
        var shown = frame.Inner;
        List<Spot> shapes = [], lines = [];
        foreach (var ring in WorldLand.Instance.Rings)
        {
            var (left, bottom, right, top) = ring.Box;
            if (frame.X(right) < shown.X || frame.X(left) > shown.Right || frame.Y(bottom) < shown.Y || frame.Y(top) > shown.Bottom) continue;
            var from = shapes.Count;
            var last = Spot.Break;
            foreach (var (x, y) in ring.Corners)
            {
                // Far outside it matters only on which side a corner lies.
                var spot = new Spot(Math.Clamp(frame.X(x), shown.X - 500, shown.Right + 500), Math.Clamp(frame.Y(y), shown.Y - 500, shown.Bottom + 500));
                if (!last.IsBreak && Math.Abs(spot.X - last.X) < Nearest && Math.Abs(spot.Y - last.Y) < Nearest) continue;
                shapes.Add(last = spot);
            }

            lines.AddRange(shapes[from..]);
            if (lines.Count > 0) lines.Add(shapes[from]);
            shapes.Add(Spot.Break);
            lines.Add(Spot.Break);
        }

        canvas.BeginGroup("land", "Land: Natural Earth");
        // Seas within land are rings that run the other way: one path, so that they stay open.
        canvas.FillShape(CollectionsMarshal.AsSpan(shapes), theme.Grid.Fade(0.75));
        canvas.StrokeLine(CollectionsMarshal.AsSpan(lines), theme.Axis, 0.8);
        canvas.EndGroup();
    }
}
