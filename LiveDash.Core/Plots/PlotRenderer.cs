using LiveDash.Core.Plots.Drawing;
using LiveDash.Core.Plots.Skia;

namespace LiveDash.Core.Plots;

/// <summary>Turns what a <see cref="PlotReducer"/> kept into a file. Thread-safe: each call has its own canvas.</summary>
public static class PlotRenderer
{
    /// <summary>Draws the plot.</summary>
    /// <exception cref="PlotException">The fonts are missing, or the picture is too large for the memory.</exception>
    public static byte[] Render(PlotSpec spec, PlotReducer reducer)
    {
        using Canvas canvas = spec.Format switch
        {
            PlotFormat.Svg => new SvgCanvas(spec.Width, spec.Height, reducer.Title.Length > 0 ? reducer.Title : "Plot"),
            PlotFormat.Pdf => SkiaCanvas.ForPdf(spec.Width, spec.Height),
            _ => SkiaCanvas.ForPng(spec.Width, spec.Height, spec.Scale),
        };
        reducer.Draw(canvas);
        using var file = new MemoryStream(64 * 1024);
        canvas.Save(file);
        return file.ToArray();
    }

    /// <summary>The media type of a format.</summary>
    public static string MediaType(PlotFormat format) => format switch
    {
        PlotFormat.Svg => "image/svg+xml",
        PlotFormat.Pdf => "application/pdf",
        _ => "image/png",
    };
}
