using System.Globalization;
using System.Text;
using LiveDash.Core.Plots.Skia;
using LiveDash.Core.Plots.Text;

namespace LiveDash.Core.Plots.Drawing;

/// <summary>
/// Writes SVG 1.1 by itself rather than through Skia, which would place every letter: here texts stay texts, and the parts have class names.
/// Widths are those of the fonts that the other formats are set in. One thread at a time.
/// </summary>
internal sealed class SvgCanvas : Canvas
{
    private readonly StringBuilder _body = new();
    private readonly string _title;
    private int _clips;

    internal SvgCanvas(double width, double height, string title)
        : base(width, height)
    {
        _title = title;
    }

    /// <inheritdoc/>
    public override double Measure(string text, double size, bool bold = false) => TextShaper.Shape(text, bold).Width * size;

    /// <inheritdoc/>
    public override void FillArea(Area area, Rgba color)
    {
        Open("rect").Append(" x=\"").Append(N(area.X)).Append("\" y=\"").Append(N(area.Y))
            .Append("\" width=\"").Append(N(area.Width)).Append("\" height=\"").Append(N(area.Height)).Append('"');
        Fill(color).Append("/>\n");
    }

    /// <inheritdoc/>
    public override void StrokeLine(ReadOnlySpan<Spot> spots, Rgba color, double lineWidth, bool dashed = false)
    {
        Open("path").Append(" fill=\"none\" stroke=\"").Append(color).Append('"');
        if (color.A < 255) _body.Append(" stroke-opacity=\"").Append(N(color.A / 255.0)).Append('"');
        _body.Append(" stroke-width=\"").Append(N(lineWidth)).Append('"');
        if (dashed) _body.Append(" stroke-dasharray=\"4 3\"");
        AddPath(spots, close: false);
    }

    /// <inheritdoc/>
    public override void FillShape(ReadOnlySpan<Spot> spots, Rgba color)
    {
        Open("path");
        Fill(color);
        AddPath(spots, close: true);
    }

    /// <inheritdoc/>
    public override void FillDots(ReadOnlySpan<Spot> spots, double radius, Rgba color)
    {
        if (spots.Length == 0) return;
        // A line of no length with a round cap is a disc, in a tenth of the bytes of a circle element.
        Open("path").Append(" fill=\"none\" stroke=\"").Append(color).Append("\" stroke-linecap=\"round\" stroke-width=\"").Append(N(radius * 2)).Append('"');
        if (color.A < 255) _body.Append(" stroke-opacity=\"").Append(N(color.A / 255.0)).Append('"');
        _body.Append(" d=\"");
        foreach (var spot in spots) _body.Append('M').Append(N(spot.X)).Append(' ').Append(N(spot.Y)).Append("h0");
        _body.Append("\"/>\n");
    }

    /// <inheritdoc/>
    public override void DrawBitmap(PixelBitmap bitmap, Area area)
    {
        double w = area.Width / bitmap.Width, h = area.Height / bitmap.Height;
        for (var y = 0; y < bitmap.Height; y++)
        {
            var row = bitmap.Pixels.AsSpan(y * bitmap.Width, bitmap.Width);
            for (var x = 0; x < row.Length;)
            {
                var end = x + 1;
                while (end < row.Length && row[end] == row[x]) end++;
                if (row[x] >> 24 != 0) FillArea(new(area.X + (x * w), area.Y + (y * h), (end - x) * w, h), Unmultiply(row[x]));
                x = end;
            }
        }
    }

    /// <inheritdoc/>
    public override void DrawText(string text, double x, double y, TextStyle style)
    {
        if (text.Length == 0) return;
        Open("text");
        if (style.Upwards) _body.Append(" transform=\"translate(").Append(N(x)).Append(' ').Append(N(y)).Append(") rotate(-90)\"");
        else _body.Append(" x=\"").Append(N(x)).Append("\" y=\"").Append(N(y)).Append('"');
        _body.Append(" font-size=\"").Append(N(style.Size)).Append('"');
        if (style.Anchor > 0) _body.Append(" text-anchor=\"").Append(style.Anchor > 0.75 ? "end" : "middle").Append('"');
        if (style.Bold) _body.Append(" font-weight=\"bold\"");
        // Whoever shows it may lack the font: in another one the text is pressed or stretched into the room that was reckoned for it.
        if (text.Length > 1) _body.Append(" textLength=\"").Append(N(Measure(text, style.Size, style.Bold))).Append("\" lengthAdjust=\"spacingAndGlyphs\"");
        Fill(style.Color).Append('>').Append(Escape(Isolated(text))).Append("</text>\n");
    }

    /// <inheritdoc/>
    public override void PushClip(Area area)
    {
        var id = "clip" + (++_clips).ToString(CultureInfo.InvariantCulture);
        _body.Append("<clipPath id=\"").Append(id).Append("\"><rect x=\"").Append(N(area.X)).Append("\" y=\"").Append(N(area.Y))
            .Append("\" width=\"").Append(N(area.Width)).Append("\" height=\"").Append(N(area.Height)).Append("\"/></clipPath>\n")
            .Append("<g clip-path=\"url(#").Append(id).Append(")\">\n");
    }

    /// <inheritdoc/>
    public override void PopClip() => _body.Append("</g>\n");

    /// <inheritdoc/>
    public override void BeginGroup(string name, string? title = null)
    {
        _body.Append("<g class=\"").Append(Escape(name)).Append("\">\n");
        if (title is not null) _body.Append("<title>").Append(Escape(title)).Append("</title>\n");
    }

    /// <inheritdoc/>
    public override void EndGroup() => _body.Append("</g>\n");

    /// <inheritdoc/>
    public override void Save(Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        writer.Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(Width)}\" height=\"{N(Height)}\" viewBox=\"0 0 {N(Width)} {N(Height)}\" "
            + $"role=\"img\" font-family=\"'{FontFamily}', Verdana, sans-serif\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n<title>{Escape(_title)}</title>\n");
        foreach (var chunk in _body.GetChunks()) writer.Write(chunk.Span);
        writer.Write("</svg>\n");
    }

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    // SVG turns a text by the document's direction; one that begins from the right is isolated, so that it reads here as in the other formats.
    private static string Isolated(string text)
    {
        if (BidiText.IsPlain(text)) return text;
        _ = BidiText.Levels([.. text.EnumerateRunes().Select(static r => r.Value)], out var level);
        return level == 1 ? $"\u2067{text}\u2069" : text;
    }

    // XML 1.0 allows no control characters but tab and line ends; they become a visible mark.
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                < ' ' or '\ufffe' or '\uffff' => safe.Append('\ufffd'),
                _ => safe.Append(c),
            };
        }

        return safe.ToString();
    }

    private static Rgba Unmultiply(uint pixel)
    {
        var a = pixel >> 24;
        return new(Channel(pixel >> 16), Channel(pixel >> 8), Channel(pixel), (byte)a);
        byte Channel(uint c) => (byte)Math.Min(255, (((c & 255) * 255) + (a / 2)) / a);
    }

    private StringBuilder Open(string element) => _body.Append('<').Append(element);

    private StringBuilder Fill(Rgba color)
    {
        _body.Append(" fill=\"").Append(color).Append('"');
        return color.A < 255 ? _body.Append(" fill-opacity=\"").Append(N(color.A / 255.0)).Append('"') : _body;
    }

    private void AddPath(ReadOnlySpan<Spot> spots, bool close)
    {
        _body.Append(" d=\"");
        var open = false;
        foreach (var spot in spots)
        {
            if (spot.IsBreak)
            {
                if (close && open) _body.Append('Z');
                open = false;
                continue;
            }

            _body.Append(open ? 'L' : 'M').Append(N(spot.X)).Append(' ').Append(N(spot.Y));
            open = true;
        }

        if (close && open) _body.Append('Z');
        _body.Append("\"/>\n");
    }
}
