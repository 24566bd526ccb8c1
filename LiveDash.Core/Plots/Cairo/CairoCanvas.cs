using System.Buffers;
using System.Runtime.InteropServices;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots.Cairo;

/// <summary>Draws with Cairo: PNG from an image surface, PDF from a stream surface. One thread at a time.</summary>
internal sealed unsafe class CairoCanvas : Canvas
{
    // A line of this many points is a thicket: coverage in 16 steps instead of 256 looks the same there and costs a quarter.
    private const int LongLine = 400;
    private const int AntialiasDefault = 0;
    private const int AntialiasFast = 4;
    private readonly SurfaceHandle _surface;
    private readonly ContextHandle _context;
    private readonly MemoryStream? _pdf;
    private readonly GCHandle _pdfHandle;
    private readonly Dictionary<(string Text, double Size, bool Bold), double> _widths = [];
    private (double Size, bool Bold) _font = (-1, false);

    private CairoCanvas(double width, double height, double scale, bool pdf)
        : base(width, height)
    {
        CairoLibrary.Require();
        Scale = scale;
        if (pdf)
        {
            // A PDF point is 1/72 inch, a CSS pixel 1/96.
            _pdf = new MemoryStream();
            _pdfHandle = GCHandle.Alloc(_pdf);
            _surface = CairoNative.cairo_pdf_surface_create_for_stream(&CairoNative.Write, (void*)GCHandle.ToIntPtr(_pdfHandle), width * 0.75, height * 0.75);
        }
        else
        {
            _surface = CairoNative.cairo_image_surface_create(CairoNative.FormatArgb32, PixelWidth, PixelHeight);
        }

        Check(CairoNative.cairo_surface_status(_surface));
        _context = CairoNative.cairo_create(_surface);
        CairoNative.cairo_scale(_context, pdf ? 0.75 : scale, pdf ? 0.75 : scale);
        CairoNative.cairo_set_line_join(_context, 1);
        CairoNative.cairo_set_line_cap(_context, 1);
        var options = CairoNative.cairo_font_options_create();
        CairoNative.cairo_font_options_set_hint_metrics(options, 1);
        CairoNative.cairo_font_options_set_hint_style(options, 2);
        CairoNative.cairo_font_options_set_antialias(options, 2);
        CairoNative.cairo_set_font_options(_context, options);
        CairoNative.cairo_font_options_destroy(options);
    }

    /// <inheritdoc/>
    public override double Scale { get; }

    /// <summary>Width in device pixels.</summary>
    internal int PixelWidth => Math.Max(1, (int)Math.Round(Width * Scale));

    /// <summary>Height in device pixels.</summary>
    internal int PixelHeight => Math.Max(1, (int)Math.Round(Height * Scale));

    /// <summary>A canvas that becomes a PNG.</summary>
    internal static CairoCanvas ForPng(double width, double height, double scale) => new(width, height, scale, pdf: false);

    /// <summary>A canvas that becomes a PDF of one page.</summary>
    internal static CairoCanvas ForPdf(double width, double height) => new(width, height, 1, pdf: true);

    /// <summary>A canvas that only measures text.</summary>
    internal static CairoCanvas ForMeasuring() => new(1, 1, 1, pdf: false);

    /// <inheritdoc/>
    public override double Measure(string text, double size, bool bold = false)
    {
        if (_widths.TryGetValue((text, size, bold), out var width)) return width;
        UseFont(size, bold);
        CairoNative.TextExtents extents;
        CairoNative.cairo_text_extents(_context, text, &extents);
        // Bounded: a plot has some dozens of texts, and what is shortened tries a few more.
        if (_widths.Count > 4096) _widths.Clear();
        return _widths[(text, size, bold)] = extents.XAdvance;
    }

    /// <inheritdoc/>
    public override void FillArea(Area area, Rgba color)
    {
        UseColor(color);
        CairoNative.cairo_rectangle(_context, area.X, area.Y, area.Width, area.Height);
        CairoNative.cairo_fill(_context);
    }

    /// <inheritdoc/>
    public override void StrokeLine(ReadOnlySpan<Spot> spots, Rgba color, double lineWidth, bool dashed = false)
    {
        UseColor(color);
        CairoNative.cairo_set_line_width(_context, lineWidth);
        if (dashed)
        {
            var dashes = stackalloc double[2] { 4, 3 };
            CairoNative.cairo_set_dash(_context, dashes, 2, 0);
        }

        AddPath(spots, close: false);
        CairoNative.cairo_set_antialias(_context, spots.Length > LongLine ? AntialiasFast : AntialiasDefault);
        CairoNative.cairo_stroke(_context);
        CairoNative.cairo_set_antialias(_context, AntialiasDefault);
        if (dashed) CairoNative.cairo_set_dash(_context, null, 0, 0);
    }

    /// <inheritdoc/>
    public override void FillShape(ReadOnlySpan<Spot> spots, Rgba color)
    {
        UseColor(color);
        AddPath(spots, close: true);
        CairoNative.cairo_fill(_context);
    }

    /// <inheritdoc/>
    public override void FillDots(ReadOnlySpan<Spot> spots, double radius, Rgba color)
    {
        if (spots.Length == 0) return;
        UseColor(color);
        if (_pdf is not null)
        {
            foreach (var spot in spots)
            {
                CairoNative.cairo_arc(_context, spot.X, spot.Y, radius, 0, Math.Tau);
                CairoNative.cairo_fill(_context);
            }

            return;
        }

        // One disc is rasterised, then stamped: an arc a point costs ten times as much.
        using var stamp = MakeStamp(radius, out var half);
        CairoNative.cairo_save(_context);
        CairoNative.cairo_scale(_context, 1 / Scale, 1 / Scale);
        foreach (var spot in spots)
        {
            CairoNative.cairo_mask_surface(_context, stamp, Math.Round(spot.X * Scale) - half, Math.Round(spot.Y * Scale) - half);
        }

        CairoNative.cairo_restore(_context);
    }

    /// <inheritdoc/>
    public override void DrawBitmap(PixelBitmap bitmap, Area area)
    {
        fixed (uint* pixels = bitmap.Pixels)
        {
            using var image = CairoNative.cairo_image_surface_create_for_data((byte*)pixels, CairoNative.FormatArgb32, bitmap.Width, bitmap.Height, bitmap.Width * 4);
            Check(CairoNative.cairo_surface_status(image));
            CairoNative.cairo_save(_context);
            CairoNative.cairo_rectangle(_context, area.X, area.Y, area.Width, area.Height);
            CairoNative.cairo_clip(_context);
            CairoNative.cairo_translate(_context, area.X, area.Y);
            CairoNative.cairo_scale(_context, area.Width / bitmap.Width, area.Height / bitmap.Height);
            CairoNative.cairo_set_source_surface(_context, image, 0, 0);
            CairoNative.cairo_pattern_set_filter(CairoNative.cairo_get_source(_context), 3 /* nearest */);
            CairoNative.cairo_paint(_context);
            CairoNative.cairo_restore(_context);
            // Finished here, because the pixels are pinned only to here and a PDF would read them later.
            CairoNative.cairo_surface_finish(image);
        }
    }

    /// <inheritdoc/>
    public override void DrawText(string text, double x, double y, TextStyle style)
    {
        if (text.Length == 0) return;
        UseFont(style.Size, style.Bold);
        UseColor(style.Color);
        var shift = style.Anchor == 0 ? 0 : Measure(text, style.Size, style.Bold) * style.Anchor;
        if (style.Upwards)
        {
            CairoNative.cairo_save(_context);
            CairoNative.cairo_translate(_context, x, y);
            CairoNative.cairo_rotate(_context, -Math.PI / 2);
            CairoNative.cairo_move_to(_context, -shift, 0);
            CairoNative.cairo_show_text(_context, text);
            CairoNative.cairo_restore(_context);
        }
        else
        {
            CairoNative.cairo_move_to(_context, x - shift, y);
            CairoNative.cairo_show_text(_context, text);
        }

        CairoNative.cairo_new_path(_context);
    }

    /// <inheritdoc/>
    public override void PushClip(Area area)
    {
        CairoNative.cairo_save(_context);
        CairoNative.cairo_rectangle(_context, area.X, area.Y, area.Width, area.Height);
        CairoNative.cairo_clip(_context);
    }

    /// <inheritdoc/>
    public override void PopClip()
    {
        CairoNative.cairo_restore(_context);
        _font = (-1, false);
    }

    /// <inheritdoc/>
    public override void Save(Stream to)
    {
        Check(CairoNative.cairo_status(_context));
        if (_pdf is not null)
        {
            CairoNative.cairo_surface_finish(_surface);
            Check(CairoNative.cairo_surface_status(_surface));
            _pdf.WriteTo(to);
            return;
        }

        CairoNative.cairo_surface_flush(_surface);
        var stride = CairoNative.cairo_image_surface_get_stride(_surface);
        var pixels = new ReadOnlySpan<byte>(CairoNative.cairo_image_surface_get_data(_surface), stride * PixelHeight);
        PngEncoder.Write(to, pixels, PixelWidth, PixelHeight, stride, Scale * 96);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _context?.Dispose();
        _surface?.Dispose();
        if (_pdfHandle.IsAllocated) _pdfHandle.Free();
        base.Dispose(disposing);
    }

    private static void Check(int status)
    {
        if (status != 0) throw new PlotException($"Cairo could not draw (status {status}).");
    }

    private SurfaceHandle MakeStamp(double radius, out double half)
    {
        half = Math.Ceiling(radius * Scale) + 1;
        var side = (int)half * 2;
        var stamp = CairoNative.cairo_image_surface_create(CairoNative.FormatArgb32, side, side);
        using var context = CairoNative.cairo_create(stamp);
        CairoNative.cairo_set_source_rgba(context, 0, 0, 0, 1);
        CairoNative.cairo_arc(context, half, half, radius * Scale, 0, Math.Tau);
        CairoNative.cairo_fill(context);
        return stamp;
    }

    private void UseColor(Rgba color) =>
        CairoNative.cairo_set_source_rgba(_context, color.R / 255.0, color.G / 255.0, color.B / 255.0, color.A / 255.0);

    private void UseFont(double size, bool bold)
    {
        if (_font == (size, bold)) return;
        CairoNative.cairo_select_font_face(_context, FontFamily, 0, bold ? 1 : 0);
        CairoNative.cairo_set_font_size(_context, size);
        _font = (size, bold);
    }

    // cairo_path_data_t: a header of 16 bytes (int type, int length), then the point.
    private void AddPath(ReadOnlySpan<Spot> spots, bool close)
    {
        CairoNative.cairo_new_path(_context);
        if (spots.Length == 0) return;
        var data = ArrayPool<double>.Shared.Rent((spots.Length * 6) + 8);
        try
        {
            var n = 0;
            var open = false;
            foreach (var spot in spots)
            {
                if (spot.IsBreak)
                {
                    if (close && open) n = PutClose(data, n);
                    open = false;
                    continue;
                }

                data[n] = Head(open ? 1 : 0, 2);
                data[n + 2] = spot.X;
                data[n + 3] = spot.Y;
                n += 4;
                open = true;
            }

            if (close && open) n = PutClose(data, n);
            fixed (double* first = data)
            {
                var path = new CairoNative.PathHead { Data = first, Count = n / 2 };
                CairoNative.cairo_append_path(_context, &path);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(data);
        }
    }

    private static int PutClose(double[] data, int n)
    {
        data[n] = Head(3, 1);
        return n + 2;
    }

    private static double Head(int type, int length) => BitConverter.Int64BitsToDouble((uint)type | ((long)length << 32));
}
