using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots;

/// <summary>
/// Lays out title, legend, axes and colour scale around a drawing and gives each text room of its own: labels that would touch are thinned, names that are
/// too long are shortened, and parts that a small picture has no room for are left out. Belongs to one canvas and thread.
/// </summary>
internal sealed class PlotFrame
{
    private const double LabelSize = 11;
    private const double TitleSize = 15;
    private const double LegendSize = 11.5;
    private const double LegendRow = 18;
    private const double Pad = 14;
    private readonly Canvas _canvas;
    private readonly PlotTheme _theme;
    private readonly FrameContent _content;
    private readonly List<(LegendItem Item, string Label, double X, double Y)> _legend = [];
    private IReadOnlyList<Tick> _xTicks = [];
    private IReadOnlyList<Tick> _yTicks = [];
    private double _titleBase;
    private double _colorsX;
    private double _colorsWidth;

    /// <summary>Lays out; <paramref name="bare"/> leaves out all but the drawing and a margin for the line's width.</summary>
    internal PlotFrame(Canvas canvas, PlotTheme theme, FrameContent content, bool bare = false)
    {
        _canvas = canvas;
        _theme = theme;
        _content = content;
        Inner = bare ? new(3, 3, Math.Max(2, canvas.Width - 6), Math.Max(2, canvas.Height - 6)) : Layout();
    }

    /// <summary>Where the data are drawn.</summary>
    internal Area Inner { get; }

    /// <summary>The place of a value on the horizontal axis.</summary>
    internal double X(double value) => Inner.X + (_content.X.Share(value) * Inner.Width);

    /// <summary>The place of a value on the vertical axis, kept near the canvas so that no coordinate overflows.</summary>
    internal double Y(double value)
    {
        var share = _content.Y.Share(value);
        var y = _content.FlipY ? Inner.Y + (share * Inner.Height) : Inner.Bottom - (share * Inner.Height);
        return double.IsNaN(y) ? Inner.Bottom : Math.Clamp(y, -30_000, 30_000);
    }

    /// <summary>Draws all but the data, then the data within their area.</summary>
    internal void Draw(Action drawData)
    {
        _canvas.BeginGroup("background");
        _canvas.FillArea(new(0, 0, _canvas.Width, _canvas.Height), _theme.Back);
        _canvas.EndGroup();
        if (!_content.NoGrid) DrawGrid();
        _canvas.BeginGroup("data");
        _canvas.PushClip(Inner);
        drawData();
        _canvas.PopClip();
        _canvas.EndGroup();
        DrawAxes();
        DrawTitle();
        DrawLegend();
        if (_content.Colors is { } colors && _colorsX > 0) DrawColors(colors);
    }

    private Area Layout()
    {
        double width = _canvas.Width, height = _canvas.Height;
        var top = Pad;
        if (_content.Title.Length > 0 && height >= 110)
        {
            _titleBase = top + TitleSize - 2;
            top += TitleSize + 11;
        }

        if (_content.Legend.Count > 1 && height >= 160) top = LayoutLegend(top, width, height);
        var bottom = height - 8;
        if (height >= 80) bottom -= LabelSize + 6;
        if (FootNeeded && height >= 130) bottom -= LabelSize + 7;
        var inner = Math.Max(8, bottom - top);

        _yTicks = width < 120 ? [] : _content.Y.Ticks(inner, _content.Y.IsCategory ? 15 : 42, _ => LabelSize - (_content.Y.IsCategory ? 8 : 0));
        var widest = _yTicks.Count == 0 ? 0 : _yTicks.Max(t => _canvas.Measure(t.Label, LabelSize));
        var left = Pad + Math.Min(widest, width * 0.3) + (widest > 0 ? 7 : 0);
        if (YText is { Length: > 0 } && width >= 240) left += LabelSize + 8;
        var right = width - Pad - 4;
        if (_content.Colors is { } colors && width >= 240)
        {
            _colorsWidth = ColorLabels(colors).Max(l => _canvas.Measure(l.Label, LabelSize));
            right -= 16 + 12 + 6 + _colorsWidth + (colors.Text.Length > 0 ? LabelSize + 6 : 0);
            _colorsX = right + 16;
        }

        var area = new Area(Math.Round(left), Math.Round(top), Math.Max(8, Math.Round(right - left)), Math.Max(8, Math.Round(inner)));
        if (_content.SameScale) area = Square(area);
        _xTicks = height < 80 ? [] : _content.X.Ticks(area.Width, _content.X.IsCategory ? 20 : 70, t => _canvas.Measure(t, LabelSize));
        if (_content.SameScale) _yTicks = _content.Y.Ticks(area.Height, 42, _ => LabelSize);
        return area;
    }

    private bool FootNeeded => _content.X.Note is not null || XText is { Length: > 0 } || _content.Remark is not null;

    private string? XText => Join(_content.XLabel, _content.X.Offset);

    private string? YText => Join(_content.YLabel, _content.Y.Offset);

    private static string? Join(string? label, string? offset) => offset is null ? label : string.IsNullOrEmpty(label) ? offset : $"{label}, {offset}";

    // Shrinks the longer side until a unit is as long on both axes.
    private Area Square(Area area)
    {
        if (_content.X is not LinearAxis x || _content.Y is not LinearAxis y) return area;
        // Half the lengths, since a whole one may be more than a double holds.
        double across = (x.High / 2) - (x.Low / 2), up = (y.High / 2) - (y.Low / 2);
        // By the share of the longer, since a unit may be less than a double holds.
        var longest = Math.Max(across, up);
        var unit = Math.Min(area.Width / (across / longest), area.Height / (up / longest));
        double w = Math.Max(40, unit * (across / longest)), h = Math.Max(40, unit * (up / longest));
        if (_colorsX > 0) _colorsX -= (area.Width - w) / 2;
        return new(area.X + ((area.Width - w) / 2), area.Y + ((area.Height - h) / 2), w, h);
    }

    private double LayoutLegend(double top, double width, double height)
    {
        var limit = width - (2 * Pad);
        double x = Pad, y = top;
        var rows = Math.Max(1, (int)(height * 0.2 / LegendRow));
        foreach (var item in _content.Legend)
        {
            var label = _canvas.Fit(item.Label, LegendSize, Math.Min(limit - 20, 260));
            var room = 18 + _canvas.Measure(label, LegendSize);
            if (x > Pad && x + room > Pad + limit)
            {
                if (--rows == 0)
                {
                    AddMore(limit, y);
                    break;
                }

                x = Pad;
                y += LegendRow;
            }

            _legend.Add((item, label, x, y));
            x += room + 18;
        }

        return y + LegendRow + 6;
    }

    // The last row ends with how many more there are; an entry that is in the way gives up its place.
    private void AddMore(double limit, double y)
    {
        while (true)
        {
            var label = $"+{_content.Legend.Count - _legend.Count} more";
            var last = _legend[^1];
            var x = last.X + 36 + _canvas.Measure(last.Label, LegendSize);
            if (x + _canvas.Measure(label, LegendSize) <= Pad + limit)
            {
                _legend.Add((new("", _theme.Back), label, x - 18, y));
                return;
            }

            if (_legend.Count < 2 || _legend[^2].Y < y) return;
            _legend.RemoveAt(_legend.Count - 1);
        }
    }

    private void DrawGrid()
    {
        _canvas.BeginGroup("grid");
        foreach (var tick in _content.Y.IsCategory ? [] : _yTicks)
        {
            var y = Math.Round(TickY(tick)) + 0.5;
            _canvas.StrokeLine([new(Inner.X, y), new(Inner.Right, y)], _theme.Grid, 1);
        }

        foreach (var tick in _content.X.IsCategory ? [] : _xTicks)
        {
            var x = Math.Round(Inner.X + (tick.Share * Inner.Width)) + 0.5;
            _canvas.StrokeLine([new(x, Inner.Y), new(x, Inner.Bottom)], tick.Strong ? _theme.Grid.Mix(_theme.Axis, 0.5) : _theme.Grid, 1);
        }

        _canvas.EndGroup();
    }

    private double TickY(Tick tick) => _content.FlipY ? Inner.Y + (tick.Share * Inner.Height) : Inner.Bottom - (tick.Share * Inner.Height);

    private void DrawAxes()
    {
        _canvas.BeginGroup("axis y");
        foreach (var tick in _yTicks)
        {
            var label = _canvas.Fit(tick.Label, LabelSize, _canvas.Width * 0.3);
            _canvas.DrawText(label, Inner.X - 7, TickY(tick) + 4, new(LabelSize, _theme.Quiet, 1));
        }

        if (YText is { Length: > 0 } yLabel && _canvas.Width >= 240)
        {
            var text = _canvas.Fit(yLabel, LabelSize, Inner.Height + 20);
            _canvas.DrawText(text, Pad + LabelSize - 2, Inner.Y + (Inner.Height / 2), new(LabelSize, _theme.Quiet, 0.5, Upwards: true));
        }

        _canvas.EndGroup();
        _canvas.BeginGroup("axis x");
        var baseline = Math.Round(Inner.Bottom) + 0.5;
        _canvas.StrokeLine([new(Inner.X, baseline), new(Inner.Right, baseline)], _theme.Axis, 1);
        foreach (var tick in _xTicks)
        {
            var x = Math.Round(Inner.X + (tick.Share * Inner.Width)) + 0.5;
            if (!_content.X.IsCategory) _canvas.StrokeLine([new(x, baseline), new(x, baseline + 4)], _theme.Axis, 1);
            var half = _canvas.Measure(tick.Label, LabelSize) / 2;
            // A label at an end is pushed inside rather than cut off.
            var at = Math.Clamp(x, Math.Min(x, half + 2), Math.Max(half + 2, _canvas.Width - half - 2));
            _canvas.DrawText(tick.Label, at, Inner.Bottom + LabelSize + 7, new(LabelSize, tick.Strong ? _theme.Text : _theme.Quiet, 0.5, tick.Strong));
        }

        DrawFoot();
        _canvas.EndGroup();
    }

    private void DrawFoot()
    {
        if (!FootNeeded || _canvas.Height < 130) return;
        var y = Inner.Bottom + (2 * LabelSize) + 13;
        if (_content.SameScale) y = _canvas.Height - 9;
        var end = Inner.Right;
        if (_content.X.Note is { } note)
        {
            note = _canvas.Fit(note, LabelSize, Inner.Width);
            _canvas.DrawText(note, Inner.Right, y, new(LabelSize, _theme.Quiet, 1));
            end -= _canvas.Measure(note, LabelSize) + 12;
        }

        var begin = Inner.X;
        if (_content.Remark is { } remark)
        {
            remark = _canvas.Fit(remark, LabelSize, end - begin);
            _canvas.DrawText(remark, begin, y, new(LabelSize, _theme.Quiet));
            begin += _canvas.Measure(remark, LabelSize) + 12;
        }

        if (XText is not { Length: > 0 } label) return;
        var text = _canvas.Fit(label, LabelSize, end - begin);
        var half = _canvas.Measure(text, LabelSize) / 2;
        var middle = Inner.X + (Inner.Width / 2);
        middle = Math.Clamp(middle, Math.Min(begin + half, end - half), Math.Max(begin + half, end - half));
        _canvas.DrawText(text, middle, y, new(LabelSize, _theme.Quiet, 0.5));
    }

    private void DrawTitle()
    {
        if (_titleBase == 0) return;
        _canvas.BeginGroup("title");
        _canvas.DrawText(_canvas.Fit(_content.Title, TitleSize, _canvas.Width - (2 * Pad), bold: true), Pad, _titleBase, new(TitleSize, _theme.Text, 0, Bold: true));
        _canvas.EndGroup();
    }

    private void DrawLegend()
    {
        if (_legend.Count == 0) return;
        _canvas.BeginGroup("legend");
        foreach (var (item, label, x, y) in _legend)
        {
            if (item.Label.Length > 0) _canvas.FillArea(new(x, y + 3, 12, 8), item.Color);
            _canvas.DrawText(label, x + 18, y + 11, new(LegendSize, _theme.Text));
        }

        _canvas.EndGroup();
    }

    private static List<(double Share, string Label)> ColorLabels(ColorScale colors)
    {
        var axis = colors.Log && colors.Low > 0 && colors.High > colors.Low ? null : new LinearAxis(colors.Low, colors.High);
        if (axis is null) return [(0, NumberText.Short(colors.Low)), (0.5, NumberText.Short(Math.Sqrt(colors.Low * colors.High))), (1, NumberText.Short(colors.High))];
        var ticks = axis.Ticks(200, 50, _ => LabelSize);
        return ticks.Count > 0 ? [.. ticks.Select(t => (t.Share, t.Label))] : [(0, NumberText.Short(colors.Low))];
    }

    private void DrawColors(ColorScale colors)
    {
        _canvas.BeginGroup("colors", colors.Label);
        var strip = new PixelBitmap(1, 64);
        for (var i = 0; i < 64; i++) strip.Pixels[i] = ColorScale.At(1 - ((i + 0.5) / 64)).Premultiplied;
        _canvas.DrawBitmap(strip, new(_colorsX, Inner.Y, 12, Inner.Height));
        foreach (var (share, label) in ColorLabels(colors))
        {
            _canvas.DrawText(label, _colorsX + 18, Math.Clamp(Inner.Bottom - (share * Inner.Height) + 4, Inner.Y + 8, Inner.Bottom), new(LabelSize, _theme.Quiet));
        }

        var text = _canvas.Fit(colors.Text, LabelSize, Inner.Height);
        _canvas.DrawText(text, _colorsX + 18 + _colorsWidth + LabelSize + 2, Inner.Y + (Inner.Height / 2), new(LabelSize, _theme.Quiet, 0.5, Upwards: true));

        _canvas.EndGroup();
    }
}
