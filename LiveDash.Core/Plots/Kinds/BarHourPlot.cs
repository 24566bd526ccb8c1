using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>A bar for each hour of the day in the request's zone; up to four series stand side by side, more are taken together.</summary>
internal sealed class BarHourPlot : PlotReducer
{
    private const int MostSideBySide = 4;
    private readonly ZoneClock _clock;
    private readonly RunningValue[][] _hours;

    internal BarHourPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        _clock = new ZoneClock(spec.Zone);
        _hours = [.. Enumerable.Range(0, series.Count is > 0 and <= MostSideBySide ? series.Count : 1).Select(static _ => new RunningValue[24])];
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var hours = _hours[_hours.Length == 1 ? 0 : slot];
        for (var i = 0; i < times.Length; i++)
        {
            if (Range.Contains(times[i])) hours[_clock.At(times[i]).Hour].Add(values[i]);
        }
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var extent = default(Extent);
        foreach (var hour in _hours.SelectMany(static h => h).Where(static h => h.Count > 0)) extent.Add(hour.Get(Spec.Aggregate));
        var log = Spec.Log && extent.Low > 0;
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = new CategoryAxis([.. Enumerable.Range(0, 24).Select(static h => h.ToString("00", CultureInfo.InvariantCulture))]),
            Y = log ? new LogAxis(extent.Low / 2, extent.High) : LinearAxis.ForBars(extent),
            XLabel = Spec.XLabel ?? $"hour of day, {(Spec.Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : Spec.Zone.Id)}",
            YLabel = Spec.YLabel ?? AggregateLabel,
            Legend = _hours.Length > 1 ? Legend() : [],
            Remark = Foot(null),
        });
        frame.Draw(() =>
        {
            if (extent.IsEmpty) DrawNothing(canvas, frame.Inner);
            var zero = log ? frame.Inner.Bottom : frame.Y(0);
            var room = frame.Inner.Width / 24;
            var width = room * 0.76 / _hours.Length;
            for (var slot = 0; slot < _hours.Length; slot++)
            {
                canvas.BeginGroup("series", Series.Count > 0 ? LegendLabel(slot) : null);
                for (var hour = 0; hour < 24; hour++)
                {
                    if (_hours[slot][hour].Count == 0) continue;
                    var y = frame.Y(_hours[slot][hour].Get(Spec.Aggregate));
                    var left = frame.Inner.X + (room * (hour + 0.12)) + (slot * width);
                    canvas.FillArea(new(left, Math.Min(y, zero), Math.Max(0.5, width - (_hours.Length > 1 ? 0.5 : 0)), Math.Abs(y - zero)), _hours.Length == Series.Count ? Color(slot) : Spec.Theme.Color(0));
                }

                canvas.EndGroup();
            }
        });
    }
}
