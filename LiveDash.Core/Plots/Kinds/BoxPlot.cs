using System.Runtime.InteropServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>For each value of a tag a box from the lower to the upper quartile with the median, whiskers to the last value within 1.5 boxes (Tukey), and what lies beyond.</summary>
internal sealed class BoxPlot : PlotReducer
{
    private const int MostOutliers = 200;
    private readonly TagGroups _groups;
    private readonly ValueSample[] _samples;

    internal BoxPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        _groups = new TagGroups(series, spec.By);
        _samples = [.. _groups.Labels.Select(static _ => new ValueSample())];
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sample = _samples[_groups.Of(slot)];
        for (var i = 0; i < times.Length; i++)
        {
            if (Range.Contains(times[i]) && !(Spec.Log && values[i] <= 0)) sample.Add(values[i]);
        }
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var order = Enumerable.Range(0, _samples.Length).Where(i => _samples[i].Count > 0).OrderByDescending(i => _samples[i].Quantile(0.5)).ToList();
        var room = Math.Max(1, (int)((Spec.Height - 80) / 15.0));
        var shown = order.Take(room).ToList();
        var extent = default(Extent);
        foreach (var group in shown)
        {
            extent.Add(_samples[group].Extent.Low);
            extent.Add(_samples[group].Extent.High);
        }

        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = Spec.Log ? new LogAxis(extent.Low, extent.High) : LinearAxis.ForValues(extent),
            Y = new CategoryAxis([.. shown.Select(i => _groups.Labels[i])]),
            FlipY = true,
            XLabel = Spec.XLabel ?? ValueLabel("value"),
            YLabel = Spec.YLabel ?? _groups.By,
            Remark = Foot(order.Count > shown.Count ? $"{order.Count - shown.Count} more not shown" : null),
        });
        frame.Draw(() =>
        {
            if (shown.Count == 0) DrawNothing(canvas, frame.Inner);
            for (var row = 0; row < shown.Count; row++)
            {
                canvas.BeginGroup("box", _groups.Labels[shown[row]]);
                DrawBox(canvas, frame, _samples[shown[row]], row, frame.Inner.Height / shown.Count);
                canvas.EndGroup();
            }
        });
    }

    private void DrawBox(Canvas canvas, PlotFrame frame, ValueSample sample, int row, double room)
    {
        var color = Spec.Theme.Color(0);
        var y = frame.Y(row);
        var half = Math.Min(18, room * 0.33);
        double q1 = sample.Quantile(0.25), q3 = sample.Quantile(0.75), reach = 1.5 * (q3 - q1);
        var low = sample.Sorted.First(v => v >= q1 - reach);
        var high = sample.Sorted.Last(v => v <= q3 + reach);
        double left = frame.X(q1), right = frame.X(q3), median = frame.X(sample.Quantile(0.5));
        canvas.StrokeLine([new(frame.X(low), y), new(left, y), Spot.Break, new(right, y), new(frame.X(high), y)], color, 1.2);
        canvas.StrokeLine([new(frame.X(low), y - (half / 2)), new(frame.X(low), y + (half / 2)), Spot.Break, new(frame.X(high), y - (half / 2)), new(frame.X(high), y + (half / 2))], color, 1.2);
        canvas.FillArea(new(left, y - half, Math.Max(1, right - left), half * 2), color.Fade(0.28));
        canvas.StrokeLine([new(left, y - half), new(right, y - half), new(right, y + half), new(left, y + half), new(left, y - half)], color, 1.2);
        canvas.StrokeLine([new(median, y - half), new(median, y + half)], Spec.Theme.Color(1), 2.2);
        // The farthest are told, those nearest to the whiskers are not, where there are very many.
        var beyond = sample.Sorted.Where(v => v < low || v > high).OrderByDescending(v => Math.Max(low - v, v - high)).Take(MostOutliers).Select(v => new Spot(frame.X(v), y)).ToList();
        canvas.FillDots(CollectionsMarshal.AsSpan(beyond), 1.8, color.Fade(0.5));
    }
}
