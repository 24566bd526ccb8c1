using System.Runtime.InteropServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;
using LiveDash.Core.Plots.Maps;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>Dots: values over time, or located points at their places. One series of very many dots becomes a picture of their density.</summary>
internal sealed class DotPlot : PlotReducer
{
    private readonly DotField _field;
    private readonly bool _map;
    private long _left;

    internal DotPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        _map = spec.Kind == PlotKind.Map;
        _field = new DotField(series.Count);
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (!Range.Contains(times[i])) continue;
            if (_map)
            {
                if (!x.IsEmpty && !double.IsNaN(x[i]) && !double.IsNaN(y[i])) _field.Add(slot, Extent.Place(x[i]), Extent.Place(y[i]), values[i]);
            }
            else if (!Spec.Log)
            {
                _field.Add(slot, times[i] - Range.From, values[i], values[i]);
            }
            else if (values[i] > 0)
            {
                // Cells of a grid are even on the paper, so on a logarithmic scale they are even in the logarithm.
                _field.Add(slot, times[i] - Range.From, Math.Log10(values[i]), values[i]);
            }
            else
            {
                _left++;
            }
        }
    }

    /// <inheritdoc/>
    private protected override bool WantsAnotherPass()
    {
        if (!_field.NextPass()) return false;
        _left = 0;
        return true;
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var world = _map && Coastline.Covers(_field.X, _field.Y);
        var byValue = _map && Series.Count == 1 && _field.Value.High > _field.Value.Low;
        var density = _field.IsGrid && Series.Count == 1 && !byValue;
        var most = density ? _field.Dots(0).Max(static d => d.Count) : 1;
        var colors = byValue ? new ColorScale(_field.Value.Low, _field.Value.High, ValueLabel("value")!)
            : density ? new ColorScale(1, Math.Max(2, most), "points", Log: most > 50) : null;
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = _map ? LinearAxis.ForPlaces(_field.X) : new TimeAxis(Range, Spec.Zone),
            Y = _map ? LinearAxis.ForPlaces(_field.Y) : Spec.Log ? new LogAxis(Math.Pow(10, _field.Y.Low), Math.Pow(10, _field.Y.High)) : LinearAxis.ForValues(_field.Y),
            XLabel = Spec.XLabel ?? (world ? "longitude" : null),
            YLabel = Spec.YLabel ?? (world ? "latitude" : _map ? null : ValueLabel(null)),
            Legend = Legend(),
            Colors = _field.Y.IsEmpty ? null : colors,
            SameScale = _map,
            Remark = Foot(_left > 0 ? $"{_left:N0} points not above zero left out" : _map && !world && !_field.Y.IsEmpty ? "not longitude and latitude: no coastlines" : null),
        });
        frame.Draw(() =>
        {
            if (_field.Y.IsEmpty)
            {
                DrawNothing(canvas, frame.Inner);
                return;
            }

            if (world) Coastline.Draw(canvas, frame, Spec.Theme);
            for (var slot = 0; slot < Series.Count; slot++)
            {
                canvas.BeginGroup("series", Series[slot].Key.ToString());
                DrawDots(canvas, frame, slot, colors, density);
                canvas.EndGroup();
            }
        });
    }

    private void DrawDots(Canvas canvas, PlotFrame frame, int slot, ColorScale? colors, bool density)
    {
        const int Shades = 32;
        var radius = _field.IsGrid ? 1.1 : _map ? 2.6 : 2.1;
        var shades = new List<Spot>[colors is null ? 1 : Shades];
        foreach (var dot in _field.Dots(slot))
        {
            var spot = new Spot(frame.X(dot.X), frame.Y(Spec.Log && !_map ? Math.Pow(10, dot.Y) : dot.Y));
            var shade = colors is null ? 0 : (int)Math.Clamp(colors.Share(density ? dot.Count : dot.Value) * Shades, 0, Shades - 1);
            (shades[shade] ??= []).Add(spot);
        }

        for (var shade = 0; shade < shades.Length; shade++)
        {
            if (shades[shade] is not { } spots) continue;
            var color = colors is null ? Color(slot).Fade(0.72) : ColorScale.At((shade + 0.5) / Shades);
            canvas.FillDots(CollectionsMarshal.AsSpan(spots), radius, color);
        }
    }
}
