using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Draws the kept columns of one series. Where columns hold many points the line is a thicket of upright strokes; there the outline of the thicket is filled,
/// which looks the same and costs a tenth of stroking it. Not thread-safe.
/// </summary>
internal sealed class LineTracer(PlotFrame frame, long from, double scale)
{
    private const double LineWidth = 1.5;
    private const int Dense = 4;
    // What is narrower on the paper reads as a fault of the drawing.
    private const double LeastHole = 6;
    private const int Piece = 24;
    private readonly List<Spot> _spots = [];

    /// <summary>Draws the columns, in order of time.</summary>
    internal void Trace(Canvas canvas, ReadOnlySpan<PixelColumn> fine, Rgba color)
    {
        var columns = ToPixels(fine);
        var hole = Holes.LongerThan(columns);
        List<Spot> top = [], bottom = [], shapes = [];
        var half = LineWidth / 2;
        for (var i = 0; i < columns.Length; i++)
        {
            ref readonly var column = ref columns[i];
            if (i > 0 && column.FirstTime - columns[i - 1].LastTime > hole && X(column.FirstTime) - X(columns[i - 1].LastTime) > LeastHole)
            {
                Close(top, bottom, shapes);
                if (_spots.Count > 0 && !_spots[^1].IsBreak) _spots.Add(Spot.Break);
            }

            if (column.Count < Dense || (i > 0 && columns[i - 1].Count < Dense && (i + 1 == columns.Length || columns[i + 1].Count < Dense)))
            {
                Close(top, bottom, shapes);
                AddFour(column);
                continue;
            }

            if (top.Count == 0) AddFour(column);
            var x = (X(column.FirstTime) + X(column.LastTime)) / 2;
            double high = frame.Y(column.Max), low = frame.Y(column.Min);
            // Neighbours that do not overlap are still one line: the outline reaches over the step between them.
            if (i > 0 && top.Count > 0)
            {
                ref readonly var before = ref columns[i - 1];
                high = Math.Min(high, frame.Y(before.Last));
                low = Math.Max(low, frame.Y(before.Last));
            }

            top.Add(new(x, high - half));
            bottom.Add(new(x, low + half));
            if (i + 1 < columns.Length && columns[i + 1].Count >= Dense) continue;
            Close(top, bottom, shapes);
            if (_spots.Count > 0) _spots.Add(Spot.Break);
            if (i + 1 < columns.Length) Add(column.LastTime, column.Last);
        }

        Close(top, bottom, shapes);
        if (shapes.Count > 0) canvas.FillShape(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shapes), color);
        var spots = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_spots);
        canvas.StrokeLine(spots, color, LineWidth);
        canvas.FillDots(Lonely(spots), 1.8, color);
    }

    /// <summary>The spots without a neighbour, which a line would not show.</summary>
    internal static Spot[] Lonely(ReadOnlySpan<Spot> spots)
    {
        var lonely = new List<Spot>();
        for (var i = 0; i < spots.Length; i++)
        {
            if (!spots[i].IsBreak && (i == 0 || spots[i - 1].IsBreak) && (i + 1 == spots.Length || spots[i + 1].IsBreak)) lonely.Add(spots[i]);
        }

        return [.. lonely];
    }

    private static void Close(List<Spot> top, List<Spot> bottom, List<Spot> shapes)
    {
        // In pieces that overlap by a column, which no eye sees: a rasteriser is slow with one outline of a thousand edges.
        for (var from = 0; from == 0 ? top.Count > 0 : from < top.Count - 1; from += Piece)
        {
            var count = Math.Min(Piece + 2, top.Count - from);
            shapes.AddRange(top.GetRange(from, count));
            for (var i = from + count - 1; i >= from; i--) shapes.Add(bottom[i]);
            shapes.Add(Spot.Break);
        }

        top.Clear();
        bottom.Clear();
    }

    // Columns were cut before the drawing area was known; now those that share a pixel become one.
    private PixelColumn[] ToPixels(ReadOnlySpan<PixelColumn> fine)
    {
        var merged = new List<PixelColumn>(fine.Length / 2);
        var last = long.MinValue;
        foreach (ref readonly var column in fine)
        {
            if (column.Count == 0) continue;
            var pixel = (long)Math.Floor(X((column.FirstTime / 2) + (column.LastTime / 2)) * scale);
            if (pixel == last && merged.Count > 0) merged[^1] = Merge(merged[^1], column);
            else merged.Add(column);
            last = pixel;
        }

        return [.. merged];
    }

    private static PixelColumn Merge(in PixelColumn a, in PixelColumn b) => new()
    {
        Count = a.Count + b.Count,
        Sum = a.Sum + b.Sum,
        FirstTime = a.FirstTime,
        First = a.First,
        LastTime = b.LastTime,
        Last = b.Last,
        Min = Math.Min(a.Min, b.Min),
        MinTime = b.Min < a.Min ? b.MinTime : a.MinTime,
        Max = Math.Max(a.Max, b.Max),
        MaxTime = b.Max > a.Max ? b.MaxTime : a.MaxTime,
    };

    private double X(long time) => frame.X(time - from);

    private void Add(long time, double value) => _spots.Add(new(X(time), frame.Y(value)));

    private void AddFour(in PixelColumn column)
    {
        Add(column.FirstTime, column.First);
        if (column.Count == 1) return;
        var minFirst = column.MinTime <= column.MaxTime;
        if (column.Count > 2)
        {
            Add(minFirst ? column.MinTime : column.MaxTime, minFirst ? column.Min : column.Max);
            Add(minFirst ? column.MaxTime : column.MinTime, minFirst ? column.Max : column.Min);
        }

        Add(column.LastTime, column.Last);
    }
}
