using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Coloured cells: hour of the day by day of the week, or located points in a grid. Points at whole numbers get a cell for each number, others the cells asked for
/// or 50 along the longer side, for which they are seen twice.
/// </summary>
internal sealed class CellPlot : PlotReducer
{
    private const int MostCells = 500;
    private readonly bool _week;
    private readonly ZoneClock _clock;
    private RunningValue[]? _cells;
    private int _columns;
    private int _rows;
    private bool _whole = true;
    private Extent _x;
    private Extent _y;
    private (double X, double Y, double Width, double Height) _area;

    internal CellPlot(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
        : base(spec, series, range)
    {
        _week = spec.Kind == PlotKind.HeatmapWeek;
        _clock = new ZoneClock(spec.Zone);
        if (_week) (_cells, _columns, _rows) = (new RunningValue[7 * 24], 24, 7);
    }

    /// <inheritdoc/>
    private protected override void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (!Range.Contains(times[i])) continue;
            if (_week)
            {
                var (hour, day) = _clock.At(times[i]);
                _cells![(day * 24) + hour].Add(values[i]);
                continue;
            }

            if (x.IsEmpty || double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            double atX = Extent.Place(x[i]), atY = Extent.Place(y[i]);
            if (_cells is null)
            {
                _x.Add(atX);
                _y.Add(atY);
                _whole &= Math.Floor(x[i]) == x[i] && Math.Floor(y[i]) == y[i];
                continue;
            }

            var column = (int)Math.Clamp((atX - _area.X) / _area.Width * _columns, 0, _columns - 1);
            var row = (int)Math.Clamp((atY - _area.Y) / _area.Height * _rows, 0, _rows - 1);
            _cells[(row * _columns) + column].Add(values[i]);
        }
    }

    /// <inheritdoc/>
    private protected override bool WantsAnotherPass()
    {
        if (_cells is not null || _x.IsEmpty) return false;
        double width = _x.High - _x.Low, height = _y.High - _y.Low;
        if (Spec.Bins is null && _whole && width < MostCells && height < MostCells)
        {
            (_columns, _rows) = ((int)width + 1, (int)height + 1);
            _area = (_x.Low - 0.5, _y.Low - 0.5, _columns, _rows);
        }
        else
        {
            if (!(width > 0)) width = height > 0 ? height : 1;
            if (!(height > 0)) height = width;
            var longer = Spec.Bins ?? 50;
            _columns = width >= height ? longer : Math.Max(1, (int)Math.Round(longer * width / height));
            _rows = height >= width ? longer : Math.Max(1, (int)Math.Round(longer * height / width));
            _area = (_x.Low, _y.Low, width, height);
        }

        _cells = new RunningValue[_columns * _rows];
        return true;
    }

    /// <inheritdoc/>
    internal override void Draw(Canvas canvas)
    {
        var extent = default(Extent);
        foreach (var cell in _cells ?? [])
        {
            if (cell.Count > 0) extent.Add(cell.Get(Spec.Aggregate));
        }

        var colors = extent.IsEmpty ? null : new ColorScale(extent.Low, extent.High, AggregateLabel, Spec.Log && extent.Low > 0);
        var frame = new PlotFrame(canvas, Spec.Theme, new FrameContent
        {
            Title = Title,
            X = _week ? new CategoryAxis([.. Enumerable.Range(0, 24).Select(static h => h.ToString("00", CultureInfo.InvariantCulture))]) : new LinearAxis(_area.X, _area.X + _area.Width),
            Y = _week ? new CategoryAxis(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]) : new LinearAxis(_area.Y, _area.Y + _area.Height),
            FlipY = _week,
            SameScale = !_week && !extent.IsEmpty,
            NoGrid = true,
            XLabel = Spec.XLabel ?? (_week ? $"hour of day, {(Spec.Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : Spec.Zone.Id)}" : null),
            YLabel = Spec.YLabel,
            Colors = colors,
            Remark = Foot(null),
        });
        frame.Draw(() =>
        {
            if (colors is null) DrawNothing(canvas, frame.Inner);
            else DrawCells(canvas, frame, colors);
        });
    }

    private void DrawCells(Canvas canvas, PlotFrame frame, ColorScale colors)
    {
        double width = frame.Inner.Width / _columns, height = frame.Inner.Height / _rows;
        var gap = Math.Min(width, height) >= 10 ? 1.5 : Math.Min(width, height) >= 5 ? 0.75 : 0;
        if (gap == 0)
        {
            // Many small cells are a picture: its first row is the uppermost.
            var bitmap = new PixelBitmap(_columns, _rows);
            for (var i = 0; i < _cells!.Length; i++)
            {
                var row = _week ? i / _columns : _rows - 1 - (i / _columns);
                if (_cells[i].Count > 0) bitmap.Pixels[(row * _columns) + (i % _columns)] = colors.Color(_cells[i].Get(Spec.Aggregate)).Premultiplied;
            }

            canvas.DrawBitmap(bitmap, frame.Inner);
            return;
        }

        for (var i = 0; i < _cells!.Length; i++)
        {
            var row = _week ? i / _columns : _rows - 1 - (i / _columns);
            var area = new Area(frame.Inner.X + (i % _columns * width) + (gap / 2), frame.Inner.Y + (row * height) + (gap / 2), width - gap, height - gap);
            canvas.FillArea(area, _cells[i].Count > 0 ? colors.Color(_cells[i].Get(Spec.Aggregate)) : Spec.Theme.Grid.Fade(0.5));
        }
    }
}
