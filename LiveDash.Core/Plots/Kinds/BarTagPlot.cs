using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>A level bar for each value of a tag, the longest first.</summary>
internal sealed class BarTagPlot : PlotReducer
{
    private readonly TagGroups _groups;
    private readonly RunningValue[] _values;

    internal BarTagPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        _groups = new TagGroups(series, spec.By);
        _values = new RunningValue[_groups.Labels.Count];
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref var value = ref _values[_groups.Of(slot)];
        for (var i = 0; i < times.Length; i++)
        {
            if (Range.Contains(times[i])) value.Add(values[i]);
        }
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        const double LabelSize = 11;
        var order = Enumerable.Range(0, _values.Length).Where(i => _values[i].Count > 0).OrderByDescending(i => _values[i].Get(Spec.Aggregate)).ToList();
        var shown = order.Take(Math.Max(1, (int)((Spec.Height - 80) / 15.0))).ToList();
        var extent = default(Extent);
        foreach (var group in shown) extent.Add(_values[group].Get(Spec.Aggregate));
        var axis = Spec.Log && extent.Low > 0 ? (Axis)new LogAxis(extent.Low / 2, extent.High) : LinearAxis.ForBars(extent);
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = axis,
            Y = new CategoryAxis([.. shown.Select(i => _groups.Labels[i])]),
            FlipY = true,
            XLabel = Spec.XLabel ?? AggregateLabel,
            YLabel = Spec.YLabel ?? _groups.By,
            Remark = Foot(order.Count > shown.Count ? $"{order.Count - shown.Count} more not shown" : null),
        });
        frame.Draw(() =>
        {
            if (shown.Count == 0) DrawNothing(canvas, frame.Inner);
            var zero = axis is LogAxis ? frame.Inner.X : frame.X(0);
            for (var row = 0; row < shown.Count; row++)
            {
                var value = _values[shown[row]].Get(Spec.Aggregate);
                var half = Math.Min(16, frame.Inner.Height / shown.Count * 0.36);
                double end = frame.X(value), left = Math.Min(zero, end), y = frame.Y(row);
                canvas.BeginGroup("bar", $"{_groups.Labels[shown[row]]}: {NumberText.Short(value)}");
                canvas.FillArea(new(left, y - half, Math.Max(1, Math.Abs(end - zero)), half * 2), Spec.Theme.Color(0));
                var label = NumberText.Short(value);
                var width = canvas.Measure(label, LabelSize);
                // Beside the bar where there is room, within it where there is not.
                if (end + width + 6 <= frame.Inner.Right) canvas.DrawText(label, Math.Max(end, zero) + 5, y + 4, new(LabelSize, Spec.Theme.Quiet));
                else if (end - zero > width + 10) canvas.DrawText(label, end - 5, y + 4, new(LabelSize, Spec.Theme.Back, 1));
                canvas.EndGroup();
            }
        });
    }
}
