using System.Globalization;
using System.Runtime.InteropServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// One series against another: the means of both in each bucket of time are a dot, with the line of least squares and Pearson's coefficient. Without a bucket
/// the range is cut into 2,000.
/// </summary>
internal sealed class CorrelationPlot : PlotReducer
{
    private const int MostBuckets = 20_000;
    private readonly RunningValue[][] _buckets;
    private readonly long _width;

    internal CorrelationPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        if (series.Count != 2) throw new PlotException($"series: a correlation needs two series, and {(series.Count == 1 ? "one is" : $"{series.Count} are")} chosen. Name two.");
        var span = Math.Max(1, range.To - range.From);
        _width = Math.Max(1, spec.Bucket?.Ticks ?? (((span - 1) / 2000) + 1));
        var count = ((span - 1) / _width) + 1;
        if (count > MostBuckets) throw new PlotException($"bucket: it cuts the range into {count:N0} buckets; at most {MostBuckets:N0} can be drawn.");
        _buckets = [new RunningValue[count], new RunningValue[count]];
    }

    /// <inheritdoc/>
    internal override string Title => Spec.Title ?? $"{Series[1].Key} against {Series[0].Key}";

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (Range.Contains(times[i])) _buckets[slot][(times[i] - Range.From) / _width].Add(values[i]);
        }
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var pairs = new List<(double X, double Y)>();
        Extent x = default, y = default;
        for (var i = 0; i < _buckets[0].Length; i++)
        {
            if (_buckets[0][i].Count == 0 || _buckets[1][i].Count == 0) continue;
            pairs.Add((_buckets[0][i].Get(PlotAggregate.Mean), _buckets[1][i].Get(PlotAggregate.Mean)));
            x.Add(pairs[^1].X);
            y.Add(pairs[^1].Y);
        }

        var (slope, offset, r) = Fit(pairs);
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = LinearAxis.ForPlaces(x),
            Y = LinearAxis.ForPlaces(y),
            XLabel = Spec.XLabel ?? Series[0].Key.ToString(),
            YLabel = Spec.YLabel ?? Series[1].Key.ToString(),
            Remark = Foot(double.IsNaN(r) ? $"n = {pairs.Count:N0}" : string.Create(CultureInfo.InvariantCulture, $"r = {r:0.000}, n = {pairs.Count:N0}").Replace('-', '−')),
        });
        frame.Draw(() =>
        {
            if (pairs.Count == 0)
            {
                DrawNothing(canvas, frame.Inner);
                return;
            }

            var spots = pairs.ConvertAll(p => new Spot(frame.X(p.X), frame.Y(p.Y)));
            canvas.BeginGroup("series", Title);
            canvas.FillDots(CollectionsMarshal.AsSpan(spots), 2.2, Spec.Theme.Color(0).Fade(0.55));
            canvas.EndGroup();
            if (double.IsNaN(r)) return;
            canvas.BeginGroup("fit", string.Create(CultureInfo.InvariantCulture, $"y = {slope:0.####} x + {offset:0.####}"));
            canvas.StrokeLine([new(frame.X(x.Low), frame.Y((slope * x.Low) + offset)), new(frame.X(x.High), frame.Y((slope * x.High) + offset))], Spec.Theme.Color(1), 1.8, dashed: true);
            canvas.EndGroup();
        });
    }

    /// <summary>Least squares about the means, which does not lose digits to large offsets; NaN where it is not defined.</summary>
    internal static (double Slope, double Offset, double R) Fit(IReadOnlyList<(double X, double Y)> pairs)
    {
        if (pairs.Count < 2) return (double.NaN, double.NaN, double.NaN);
        double meanX = pairs.Average(static p => p.X), meanY = pairs.Average(static p => p.Y), xx = 0, yy = 0, xy = 0;
        foreach (var (px, py) in pairs)
        {
            xx += (px - meanX) * (px - meanX);
            yy += (py - meanY) * (py - meanY);
            xy += (px - meanX) * (py - meanY);
        }

        return xx > 0 && yy > 0 ? (xy / xx, meanY - (xy / xx * meanX), xy / Math.Sqrt(xx * yy)) : (double.NaN, double.NaN, double.NaN);
    }
}
