using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Plots.Cairo;

/// <summary>
/// The calls of libcairo 1.12 and later that plots need. Coordinates are in user space; nothing here keeps a managed reference after it returns.
/// Different surfaces may be used on different threads at once; one surface belongs to one thread.
/// </summary>
internal static unsafe partial class CairoNative
{
    internal const string Library = "livedash-cairo";

    internal const int FormatArgb32 = 0;
    internal const int StatusWriteError = 11;

    [LibraryImport(Library)] internal static partial SurfaceHandle cairo_image_surface_create(int format, int width, int height);
    [LibraryImport(Library)] internal static partial SurfaceHandle cairo_image_surface_create_for_data(byte* data, int format, int width, int height, int stride);
    [LibraryImport(Library)] internal static partial byte* cairo_image_surface_get_data(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial int cairo_image_surface_get_stride(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial SurfaceHandle cairo_pdf_surface_create_for_stream(delegate* unmanaged[Cdecl]<void*, byte*, uint, int> write, void* closure, double width, double height);
    [LibraryImport(Library)] internal static partial void cairo_surface_flush(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial void cairo_surface_finish(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial int cairo_surface_status(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial void cairo_surface_destroy(nint surface);

    [LibraryImport(Library)] internal static partial ContextHandle cairo_create(SurfaceHandle surface);
    [LibraryImport(Library)] internal static partial void cairo_destroy(nint context);
    [LibraryImport(Library)] internal static partial int cairo_status(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_save(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_restore(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_scale(ContextHandle context, double x, double y);
    [LibraryImport(Library)] internal static partial void cairo_translate(ContextHandle context, double x, double y);
    [LibraryImport(Library)] internal static partial void cairo_rotate(ContextHandle context, double radians);
    [LibraryImport(Library)] internal static partial void cairo_set_source_rgba(ContextHandle context, double r, double g, double b, double a);
    [LibraryImport(Library)] internal static partial void cairo_set_source_surface(ContextHandle context, SurfaceHandle surface, double x, double y);
    [LibraryImport(Library)] internal static partial nint cairo_get_source(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_pattern_set_filter(nint pattern, int filter);
    [LibraryImport(Library)] internal static partial void cairo_set_antialias(ContextHandle context, int antialias);
    [LibraryImport(Library)] internal static partial void cairo_set_tolerance(ContextHandle context, double tolerance);
    [LibraryImport(Library)] internal static partial void cairo_set_line_width(ContextHandle context, double width);
    [LibraryImport(Library)] internal static partial void cairo_set_line_join(ContextHandle context, int join);
    [LibraryImport(Library)] internal static partial void cairo_set_line_cap(ContextHandle context, int cap);
    [LibraryImport(Library)] internal static partial void cairo_set_dash(ContextHandle context, double* dashes, int count, double offset);
    [LibraryImport(Library)] internal static partial void cairo_new_path(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_append_path(ContextHandle context, PathHead* path);
    [LibraryImport(Library)] internal static partial void cairo_arc(ContextHandle context, double x, double y, double radius, double from, double to);
    [LibraryImport(Library)] internal static partial void cairo_move_to(ContextHandle context, double x, double y);
    [LibraryImport(Library)] internal static partial void cairo_line_to(ContextHandle context, double x, double y);
    [LibraryImport(Library)] internal static partial void cairo_close_path(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_rectangle(ContextHandle context, double x, double y, double width, double height);
    [LibraryImport(Library)] internal static partial void cairo_clip(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_stroke(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_fill(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_paint(ContextHandle context);
    [LibraryImport(Library)] internal static partial void cairo_paint_with_alpha(ContextHandle context, double alpha);
    [LibraryImport(Library)] internal static partial void cairo_mask_surface(ContextHandle context, SurfaceHandle surface, double x, double y);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void cairo_select_font_face(ContextHandle context, string family, int slant, int weight);

    [LibraryImport(Library)] internal static partial void cairo_set_font_size(ContextHandle context, double size);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void cairo_show_text(ContextHandle context, string text);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void cairo_text_extents(ContextHandle context, string text, TextExtents* extents);
    [LibraryImport(Library)] internal static partial nint cairo_font_options_create();
    [LibraryImport(Library)] internal static partial void cairo_font_options_set_hint_metrics(nint options, int metrics);
    [LibraryImport(Library)] internal static partial void cairo_font_options_set_hint_style(nint options, int style);
    [LibraryImport(Library)] internal static partial void cairo_font_options_set_antialias(nint options, int antialias);
    [LibraryImport(Library)] internal static partial void cairo_set_font_options(ContextHandle context, nint options);
    [LibraryImport(Library)] internal static partial void cairo_font_options_destroy(nint options);
    [LibraryImport(Library)] internal static partial int cairo_version();

    /// <summary>What <c>cairo_text_extents</c> fills in.</summary>
    internal struct TextExtents
    {
        public double XBearing, YBearing, Width, Height, XAdvance, YAdvance;
    }

    /// <summary><c>cairo_path_t</c>: a whole path in one call, because a call a vertex is what a long line would cost.</summary>
    internal struct PathHead
    {
        public int Status;
        public double* Data;
        public int Count;
    }

    /// <summary>Takes the bytes of a stream surface; no exception may cross into C, so a fault is a status.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Write(void* closure, byte* data, uint length)
    {
        try
        {
            ((Stream)GCHandle.FromIntPtr((nint)closure).Target!).Write(new ReadOnlySpan<byte>(data, (int)length));
            return 0;
        }
        catch (Exception)
        {
            return StatusWriteError;
        }
    }
}
