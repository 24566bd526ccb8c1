using LiveDash.Core.Plots.Drawing;
using SkiaSharp;

namespace LiveDash.Core.Plots.Skia;

/// <summary>Draws with Skia: PNG from a surface in memory, PDF from a document of one page. One thread at a time.</summary>
internal sealed class SkiaCanvas : Canvas
{
    private const int PieceOfLine = 8;
    private static readonly float[] s_dashes = [4, 3];
    private readonly SKSurface? _surface;
    private readonly SKDocument? _document;
    private readonly MemoryStream? _pdf;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _paint = new() { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
    // One for each font and size of a plot: some dozen.
    private readonly Dictionary<(FontFace Face, double Size), SKFont> _fonts = [];

    private SkiaCanvas(double width, double height, double scale, bool pdf)
        : base(width, height)
    {
        Scale = scale;
        if (pdf)
        {
            _pdf = new MemoryStream();
            _document = SKDocument.CreatePdf(_pdf) ?? throw new PlotException("Skia could not begin a PDF.");
            // A PDF point is 1/72 inch, a CSS pixel 1/96.
            _canvas = _document.BeginPage((float)(width * 0.75), (float)(height * 0.75));
            _canvas.Scale(0.75f);
            return;
        }

        var info = new SKImageInfo(PixelWidth, PixelHeight, SKColorType.Bgra8888, SKAlphaType.Premul);
        _surface = SKSurface.Create(info) ?? throw new PlotException($"Skia could not make a picture of {PixelWidth:N0} x {PixelHeight:N0} pixels.");
        _canvas = _surface.Canvas;
        _canvas.Scale((float)scale);
    }

    /// <inheritdoc/>
    public override double Scale { get; }

    private int PixelWidth => Math.Max(1, (int)Math.Round(Width * Scale));

    private int PixelHeight => Math.Max(1, (int)Math.Round(Height * Scale));

    /// <summary>A canvas that becomes a PNG.</summary>
    internal static SkiaCanvas ForPng(double width, double height, double scale) => new(width, height, scale, pdf: false);

    /// <summary>A canvas that becomes a PDF of one page.</summary>
    internal static SkiaCanvas ForPdf(double width, double height) => new(width, height, 1, pdf: true);

    /// <inheritdoc/>
    public override double Measure(string text, double size, bool bold = false) => TextShaper.Shape(text, bold).Width * size;

    /// <inheritdoc/>
    public override void FillArea(Area area, Rgba color) => _canvas.DrawRect(Rect(area), Fill(color));

    /// <inheritdoc/>
    public override void StrokeLine(ReadOnlySpan<Spot> spots, Rgba color, double lineWidth, bool dashed = false)
    {
        if (spots.Length == 0) return;
        var paint = Fill(color);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = (float)lineWidth;
        using var dashes = dashed ? SKPathEffect.CreateDash(s_dashes, 0) : null;
        paint.PathEffect = dashes;
        // Where strokes of one colour cross, it makes no difference whether they are one path; a long one costs Skia five times as much in one piece.
        var piece = dashed || color.A < 255 || _surface is null ? spots.Length : PieceOfLine;
        for (var from = 0; from == 0 || from < spots.Length - 1; from += piece)
        {
            using var path = ToPath(spots[from..Math.Min(spots.Length, from + piece + 1)], close: false);
            _canvas.DrawPath(path, paint);
        }

        paint.PathEffect = null;
    }

    /// <inheritdoc/>
    public override void FillShape(ReadOnlySpan<Spot> spots, Rgba color)
    {
        var paint = Fill(color);
        // Shapes of one opaque colour one by one: cheaper than one path of all. What is seen through must be one, or it would be darker where shapes overlap.
        while (color.A == 255 && IndexOfBreak(spots) is var end and > 0)
        {
            using var one = ToPath(spots[..end], close: true);
            _canvas.DrawPath(one, paint);
            spots = spots[Math.Min(spots.Length, end + 1)..];
        }

        if (spots.Length == 0) return;
        using var path = ToPath(spots, close: true);
        _canvas.DrawPath(path, paint);
    }

    /// <inheritdoc/>
    public override void FillDots(ReadOnlySpan<Spot> spots, double radius, Rgba color)
    {
        if (spots.Length == 0) return;
        var paint = Fill(color);
        if (_surface is null)
        {
            foreach (var spot in spots) _canvas.DrawCircle((float)spot.X, (float)spot.Y, (float)radius, paint);
            return;
        }

        // One disc is rasterised, then stamped at whole pixels: a circle a point costs ten times as much.
        using var stamp = MakeStamp(radius, paint, out var half);
        _canvas.Save();
        _canvas.Scale((float)(1 / Scale));
        foreach (var spot in spots) _canvas.DrawImage(stamp, (float)(Math.Round(spot.X * Scale) - half), (float)(Math.Round(spot.Y * Scale) - half), SKSamplingOptions.Default);
        _canvas.Restore();
    }

    /// <inheritdoc/>
    public override unsafe void DrawBitmap(PixelBitmap bitmap, Area area)
    {
        fixed (uint* pixels = bitmap.Pixels)
        {
            var info = new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Bgra8888, SKAlphaType.Premul);
            using var image = SKImage.FromPixelCopy(info, (nint)pixels, bitmap.Width * 4);
            _canvas.DrawImage(image, Rect(area), new SKSamplingOptions(SKFilterMode.Nearest));
        }
    }

    /// <inheritdoc/>
    public override void DrawText(string text, double x, double y, TextStyle style)
    {
        if (text.Length == 0) return;
        var shaped = TextShaper.Shape(text, style.Bold);
        var shift = shaped.Width * style.Size * style.Anchor;
        var paint = Fill(style.Color);
        _canvas.Save();
        _canvas.Translate((float)x, (float)y);
        if (style.Upwards) _canvas.RotateDegrees(-90);
        _canvas.Translate((float)-shift, 0);
        using var builder = new SKTextBlobBuilder();
        foreach (var run in shaped.Runs)
        {
            if (run.Glyphs.Length == 0) continue;
            var places = new SKPoint[run.Glyphs.Length];
            for (var i = 0; i < places.Length; i++) places[i] = new((float)(run.X[i] * style.Size), (float)(run.Y[i] * style.Size));
            builder.AddPositionedRun(run.Glyphs, Font(run.Face, style.Size), places);
        }

        using var blob = builder.Build();
        if (blob is not null) _canvas.DrawText(blob, 0, 0, paint);
        _canvas.Restore();
    }

    /// <inheritdoc/>
    public override void PushClip(Area area)
    {
        _canvas.Save();
        _canvas.ClipRect(Rect(area));
    }

    /// <inheritdoc/>
    public override void PopClip() => _canvas.Restore();

    /// <inheritdoc/>
    public override void Save(Stream to)
    {
        if (_document is not null)
        {
            _document.EndPage();
            _document.Close();
            _pdf!.WriteTo(to);
            return;
        }

        using var pixels = _surface!.PeekPixels() ?? throw new PlotException("Skia could not draw.");
        PngEncoder.Write(to, pixels.GetPixelSpan(), PixelWidth, PixelHeight, pixels.RowBytes, Scale * 96);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var font in _fonts.Values) font.Dispose();
            _paint.Dispose();
            _document?.Dispose();
            _surface?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int IndexOfBreak(ReadOnlySpan<Spot> spots)
    {
        for (var i = 0; i < spots.Length; i++)
        {
            if (spots[i].IsBreak) return i;
        }

        return -1;
    }

    private static SKRect Rect(Area area) => new((float)area.X, (float)area.Y, (float)area.Right, (float)area.Bottom);

    private static SKPath ToPath(ReadOnlySpan<Spot> spots, bool close)
    {
        using var builder = new SKPathBuilder();
        var open = false;
        foreach (var spot in spots)
        {
            if (spot.IsBreak)
            {
                if (close && open) builder.Close();
                open = false;
                continue;
            }

            if (open) builder.LineTo((float)spot.X, (float)spot.Y);
            else builder.MoveTo((float)spot.X, (float)spot.Y);
            open = true;
        }

        if (close && open) builder.Close();
        return builder.Detach();
    }

    private SKImage MakeStamp(double radius, SKPaint paint, out double half)
    {
        half = Math.Ceiling(radius * Scale) + 1;
        var side = (int)half * 2;
        using var surface = SKSurface.Create(new SKImageInfo(side, side, SKColorType.Bgra8888, SKAlphaType.Premul));
        surface.Canvas.DrawCircle((float)half, (float)half, (float)(radius * Scale), paint);
        return surface.Snapshot();
    }

    private SKPaint Fill(Rgba color)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = new SKColor(color.R, color.G, color.B, color.A);
        return _paint;
    }

    private SKFont Font(FontFace face, double size)
    {
        if (_fonts.TryGetValue((face, size), out var font)) return font;
        return _fonts[(face, size)] = new SKFont(face.Typeface, (float)size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.Slight };
    }
}
