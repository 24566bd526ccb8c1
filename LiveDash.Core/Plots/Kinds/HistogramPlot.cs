using System.Runtime.InteropServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>How often each value came, in bins of a round width. The points are seen twice: for their extent, then for the bins. On a log scale the counts are.</summary>
internal sealed class HistogramPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range) : PlotReducer(spec, series, range)
{
    private Extent _extent;
    private long _count;
    private long[][]? _bins;
    private HistogramBins _edges;

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (!Range.Contains(times[i])) continue;
            if (_bins is null)
            {
                _extent.Add(values[i]);
                _count++;
                continue;
            }

            _bins[slot][_edges.Of(values[i])]++;
        }
    }

    /// <inheritdoc/>
    private protected override bool WantsAnotherPass()
    {
        if (_bins is not null || _count == 0) return false;
        _edges = HistogramBins.Over(_extent.Low, _extent.High, _count, Spec.Bins);
        _bins = [.. Series.Select(_ => new long[_edges.Count])];
        return true;
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var most = _bins is null ? 0 : _bins.Max(static b => b.Max());
        var (first, end) = _bins is null ? (0, 1) : (_edges.First, _edges.First + (_edges.Step * _edges.Count));
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = new LinearAxis(first, end),
            Y = Spec.Log ? new LogAxis(0.7, Math.Max(2, most)) : LinearAxis.ForBars(0, most),
            XLabel = Spec.XLabel ?? ValueLabel("value"),
            YLabel = Spec.YLabel ?? "points",
            Legend = Legend(),
            Remark = Foot(_count > 0 ? $"{_count:N0} points" : null),
        });
        frame.Draw(() =>
        {
            if (_bins is null)
            {
                DrawNothing(canvas, frame.Inner);
                return;
            }

            for (var slot = 0; slot < Series.Count; slot++)
            {
                canvas.BeginGroup("series", Series[slot].Key.ToString());
                if (Series.Count == 1) DrawBars(canvas, frame, _bins[slot], Color(slot));
                else DrawOutline(canvas, frame, _bins[slot], Color(slot));
                canvas.EndGroup();
            }
        });
    }

    private static double Top(PlotFrame frame, long count) => count == 0 ? frame.Inner.Bottom : frame.Y(count);

    private void DrawBars(Canvas canvas, PlotFrame frame, long[] bins, Rgba color)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] == 0) continue;
            double left = frame.X(_edges.Edge(i)), right = frame.X(_edges.Edge(i + 1)), top = Top(frame, bins[i]);
            var gap = right - left > 4 ? 1 : 0;
            canvas.FillArea(new(left + (gap / 2.0), top, Math.Max(0.5, right - left - gap), frame.Inner.Bottom - top), color);
        }
    }

    // Several series overlap: a light filling and an outline leave all of them visible.
    private void DrawOutline(Canvas canvas, PlotFrame frame, long[] bins, Rgba color)
    {
        var line = new List<Spot> { new(frame.X(_edges.First), frame.Inner.Bottom) };
        for (var i = 0; i < bins.Length; i++)
        {
            var top = Top(frame, bins[i]);
            line.Add(new(frame.X(_edges.Edge(i)), top));
            line.Add(new(frame.X(_edges.Edge(i + 1)), top));
        }

        line.Add(new(frame.X(_edges.Edge(bins.Length)), frame.Inner.Bottom));
        canvas.FillShape(CollectionsMarshal.AsSpan(line), color.Fade(0.16));
        canvas.StrokeLine(CollectionsMarshal.AsSpan(line), color, 1.5);
    }
}
