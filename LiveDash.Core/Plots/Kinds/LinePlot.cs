using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Lines over time, reduced to the first, least, greatest and last point of each half pixel column; with a bucket, the aggregate of each bucket and, for a mean,
/// a band from its least to its greatest value.
/// </summary>
internal sealed class LinePlot : PlotReducer
{
    private const int MostBuckets = 20_000;
    private readonly PixelColumn[]?[] _columns;
    private readonly int _count;
    private readonly long _width;
    private long _notPositive;

    internal LinePlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        var span = Math.Max(1, range.To - range.From);
        if (spec.Bucket is { } bucket)
        {
            _width = Math.Max(1, bucket.Ticks);
            var buckets = ((span - 1) / _width) + 1;
            if (buckets > MostBuckets) throw new PlotException($"The bucket of {DurationText.Format(bucket)} cuts the range into {buckets:N0} buckets; at most {MostBuckets:N0} can be drawn.");
            _count = (int)buckets;
        }
        else
        {
            // Twice the picture's columns: the drawing area's place among the pixels is known only when the labels are.
            _count = (int)Math.Min(span, 2L * Math.Max(1, (long)Math.Round(spec.Width * spec.Scale)));
            _width = ((span - 1) / _count) + 1;
        }

        _columns = new PixelColumn[series.Count][];
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var columns = _columns[slot] ??= new PixelColumn[_count];
        for (var i = 0; i < times.Length;)
        {
            var since = times[i] - Range.From;
            if (since < 0 || times[i] >= Range.To || (Spec.Log && values[i] <= 0))
            {
                if (Spec.Log && values[i] <= 0) _notPositive++;
                i++;
                continue;
            }

            var column = (int)(since / _width);
            var border = Math.Min(Range.To, Range.From + ((column + 1) * _width));
            var end = i + 1;
            while (end < times.Length && times[end] < border && !(Spec.Log && values[end] <= 0)) end++;
            columns[column].Add(times[i..end], values[i..end]);
            i = end;
        }
    }

    /// <inheritdoc/>
    public override bool WantsSummaries => true;

    /// <inheritdoc/>
    private protected override void AddRow(int slot, long time, SummaryRow row)
    {
        if (time < Range.From || time >= Range.To) return;
        if (Spec.Log && row.Least <= 0)
        {
            _notPositive += row.Count;
            return;
        }

        (_columns[slot] ??= new PixelColumn[_count])[(time - Range.From) / _width].Add(time, row);
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var (low, high) = Extent();
        if (Spec.Kind == PlotKind.Sparkline)
        {
            DrawSparkline(canvas, low, high);
            return;
        }

        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = new TimeAxis(Range, Spec.Zone),
            Y = Spec.Log ? new LogAxis(low, high) : LinearAxis.ForValues(low, high),
            XLabel = Spec.XLabel,
            YLabel = Spec.YLabel ?? (Spec.Bucket is null ? ValueLabel(null) : AggregateLabel),
            Legend = Legend(),
            Remark = Foot(_notPositive > 0 ? _notPositive == 1 ? "1 point not above zero left out" : $"{_notPositive:N0} points not above zero left out" : null),
        });
        frame.Draw(() =>
        {
            if (double.IsNaN(low))
            {
                DrawNothing(canvas, frame.Inner);
                return;
            }

            for (var slot = 0; slot < Series.Count; slot++)
            {
                if (_columns[slot] is not { } columns) continue;
                canvas.BeginGroup("series", Series[slot].Key.ToString());
                if (Spec.Bucket is null) new LineTracer(frame, Range.From, canvas.Scale).Trace(canvas, columns, Color(slot));
                else DrawBuckets(canvas, frame, columns, Color(slot));
                canvas.EndGroup();
            }
        });
    }

    private void DrawSparkline(Canvas canvas, double low, double high)
    {
        var axes = new FrameContent { X = new TimeAxis(Range, Spec.Zone), Y = new LinearAxis(low, high), NoGrid = true };
        var frame = new PlotFrame(canvas, Spec.Theme, axes, bare: true);
        canvas.FillArea(new(0, 0, canvas.Width, canvas.Height), Spec.Theme.Back);
        for (var slot = 0; slot < Series.Count; slot++)
        {
            if (_columns[slot] is not { } columns) continue;
            canvas.BeginGroup("series", Series[slot].Key.ToString());
            new LineTracer(frame, Range.From, canvas.Scale).Trace(canvas, columns, Color(slot));
            canvas.EndGroup();
        }
    }

    private double Value(in PixelColumn column) => Spec.Aggregate switch
    {
        PlotAggregate.Sum => column.Sum,
        PlotAggregate.Count => column.Count,
        PlotAggregate.Min => column.Min,
        PlotAggregate.Max => column.Max,
        _ => column.Sum / column.Count,
    };

    private (double Low, double High) Extent()
    {
        double low = double.NaN, high = double.NaN;
        foreach (var columns in _columns)
        {
            foreach (ref readonly var column in columns.AsSpan())
            {
                if (column.Count == 0) continue;
                var band = Spec.Bucket is null || Spec.Aggregate == PlotAggregate.Mean;
                var (least, greatest) = band ? (column.Min, column.Max) : (Value(column), Value(column));
                low = double.IsNaN(low) ? least : Math.Min(low, least);
                high = double.IsNaN(high) ? greatest : Math.Max(high, greatest);
            }
        }

        return (low, high);
    }

    private void DrawBuckets(Canvas canvas, PlotFrame frame, PixelColumn[] columns, Rgba color)
    {
        var line = new List<Spot>();
        var band = new List<Spot>();
        var from = 0;
        for (var i = 0; i <= columns.Length; i++)
        {
            if (i < columns.Length && columns[i].Count > 0)
            {
                line.Add(new(Middle(i), frame.Y(Value(columns[i]))));
                continue;
            }

            // An empty bucket breaks the line: a gap in the data is a gap in the picture.
            if (i > from && Spec.Aggregate == PlotAggregate.Mean)
            {
                for (var k = from; k < i; k++) band.Add(new(Middle(k), frame.Y(columns[k].Max)));
                for (var k = i - 1; k >= from; k--) band.Add(new(Middle(k), frame.Y(columns[k].Min)));
                band.Add(Spot.Break);
            }

            if (line.Count > 0 && !line[^1].IsBreak) line.Add(Spot.Break);
            from = i + 1;
        }

        if (band.Count > 0) canvas.FillShape(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(band), color.Fade(0.18));
        var spots = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
        canvas.StrokeLine(spots, color, 1.8);
        canvas.FillDots(LineTracer.Lonely(spots), 2, color);

        double Middle(int bucket) => frame.X(Math.Min((double)bucket * _width + (_width / 2.0), Range.To - Range.From));
    }
}
