using System.Runtime.InteropServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>How often each value came, in bins of a round width. The points are seen twice: for their extent, then for the bins. On a log scale the counts are.</summary>
internal sealed class HistogramPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range) : PlotReducer(spec, series, range)
{
    private const int MostBins = 2000;
    private Extent _extent;
    private long _count;
    private long[][]? _bins;
    private double _first;
    private double _step = 1;

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

            var bins = _bins[slot];
            bins[(int)Math.Clamp(Bins(values[i]), 0, bins.Length - 1)]++;
        }
    }

    /// <inheritdoc/>
    private protected override bool WantsAnotherPass()
    {
        if (_bins is not null || _count == 0) return false;
        var wanted = Spec.Bins ?? (int)Math.Clamp(Math.Ceiling(2 * Math.Cbrt(_count)), 8, 60);
        var span = _extent.High > _extent.Low ? Math.Min(((_extent.High / 2) - (_extent.Low / 2)) * 2, double.MaxValue) : Math.Max(1, Math.Abs(_extent.Low) * 0.1);
        _step = Spec.Bins is null ? NiceStep.AtLeast(span / wanted) : span / wanted;
        _first = Spec.Bins is null ? Math.Max(-double.MaxValue, Math.Floor(_extent.Low / _step) * _step) : _extent.Low;
        var count = Spec.Bins ?? (int)Math.Clamp(Math.Floor(Bins(_extent.High)) + 1, 1, MostBins);
        _bins = [.. Series.Select(_ => new long[count])];
        return true;
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var most = _bins is null ? 0 : _bins.Max(static b => b.Max());
        var end = _first + (_step * (_bins?[0].Length ?? 1));
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = new LinearAxis(_first, end),
            Y = Spec.Log ? new LogAxis(0.7, Math.Max(2, most)) : LinearAxis.ForBars(0, most),
            XLabel = Spec.XLabel ?? ValueLabel("value"),
            YLabel = Spec.YLabel ?? "points",
            Legend = Legend(),
            Remark = _count > 0 ? $"{_count:N0} points" : null,
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
                if (Series.Count == 1) DrawBars(canvas, frame, _bins[slot], Spec.Theme.Color(slot));
                else DrawOutline(canvas, frame, _bins[slot], Spec.Theme.Color(slot));
                canvas.EndGroup();
            }
        });
    }

    // How many bins a value lies above the first; where the difference is more than a double holds, by quotients.
    private double Bins(double value) => double.IsFinite(value - _first) ? (value - _first) / _step : (value / _step) - (_first / _step);

    private double Edge(int bin) => Math.Clamp(_first + (bin * _step), -double.MaxValue, double.MaxValue);

    private static double Top(PlotFrame frame, long count) => count == 0 ? frame.Inner.Bottom : frame.Y(count);

    private void DrawBars(Canvas canvas, PlotFrame frame, long[] bins, Rgba color)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] == 0) continue;
            double left = frame.X(Edge(i)), right = frame.X(Edge(i + 1)), top = Top(frame, bins[i]);
            var gap = right - left > 4 ? 1 : 0;
            canvas.FillArea(new(left + (gap / 2.0), top, Math.Max(0.5, right - left - gap), frame.Inner.Bottom - top), color);
        }
    }

    // Several series overlap: a light filling and an outline leave all of them visible.
    private void DrawOutline(Canvas canvas, PlotFrame frame, long[] bins, Rgba color)
    {
        var line = new List<Spot> { new(frame.X(_first), frame.Inner.Bottom) };
        for (var i = 0; i < bins.Length; i++)
        {
            var top = Top(frame, bins[i]);
            line.Add(new(frame.X(Edge(i)), top));
            line.Add(new(frame.X(Edge(i + 1)), top));
        }

        line.Add(new(frame.X(Edge(bins.Length)), frame.Inner.Bottom));
        canvas.FillShape(CollectionsMarshal.AsSpan(line), color.Fade(0.16));
        canvas.StrokeLine(CollectionsMarshal.AsSpan(line), color, 1.5);
    }
}
