using System.Globalization;

namespace LiveDash.Core.Plots.Drawing;

/// <summary>
/// What plots draw on: the one drawing code gives PNG, SVG and PDF. Units are CSS pixels (1/96 inch) from the top left corner.
/// One canvas belongs to one thread.
/// </summary>
public abstract class Canvas(double width, double height) : IDisposable
{
    /// <summary>The family that texts are set in first; others stand in for the letters it lacks.</summary>
    public const string FontFamily = "IBM Plex Sans";

    /// <summary>Width in CSS pixels.</summary>
    public double Width { get; } = width;

    /// <summary>Height in CSS pixels.</summary>
    public double Height { get; } = height;

    /// <summary>How many device pixels a CSS pixel has; 1 where the format has none.</summary>
    public virtual double Scale => 1;

    /// <summary>The width of a text in CSS pixels.</summary>
    public abstract double Measure(string text, double size, bool bold = false);

    /// <summary>Fills a rectangle.</summary>
    public abstract void FillArea(Area area, Rgba color);

    /// <summary>Draws a line through the spots, broken at <see cref="Spot.Break"/>, with round joins.</summary>
    /// <param name="spots">The spots.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="lineWidth">Its width in CSS pixels.</param>
    /// <param name="dashed">Dashes of 4 and gaps of 3 instead of one stroke.</param>
    public abstract void StrokeLine(ReadOnlySpan<Spot> spots, Rgba color, double lineWidth, bool dashed = false);

    /// <summary>Fills closed shapes, each ended by <see cref="Spot.Break"/> or the end of the list.</summary>
    public abstract void FillShape(ReadOnlySpan<Spot> spots, Rgba color);

    /// <summary>Draws a disc at each spot.</summary>
    public abstract void FillDots(ReadOnlySpan<Spot> spots, double radius, Rgba color);

    /// <summary>Draws a picture into an area, its cells with sharp edges.</summary>
    public abstract void DrawBitmap(PixelBitmap bitmap, Area area);

    /// <summary>Writes one line of text with its baseline at (x, y).</summary>
    public abstract void DrawText(string text, double x, double y, TextStyle style);

    /// <summary>Draws only within the area until <see cref="PopClip"/>.</summary>
    public abstract void PushClip(Area area);

    /// <summary>Ends the last <see cref="PushClip"/>.</summary>
    public abstract void PopClip();

    /// <summary>Begins a named part, such as <c>legend</c>; only SVG keeps the name.</summary>
    /// <param name="name">A CSS class name.</param>
    /// <param name="title">What a pointer over it or a screen reader is told, or null.</param>
    public virtual void BeginGroup(string name, string? title = null)
    {
    }

    /// <summary>Ends the last <see cref="BeginGroup"/>.</summary>
    public virtual void EndGroup()
    {
    }

    /// <summary>Ends the drawing and writes the file.</summary>
    /// <exception cref="PlotException">The drawing failed.</exception>
    public abstract void Save(Stream to);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the canvas holds outside the managed heap.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Shortens a text with an ellipsis until it is at most so wide.</summary>
    public string Fit(string text, double size, double width, bool bold = false)
    {
        if (Measure(text, size, bold) <= width) return text;
        // Cut between what a reader sees as letters, never within one.
        var starts = StringInfo.ParseCombiningCharacters(text);
        int low = 0, high = starts.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Measure(string.Concat(text.AsSpan(0, starts[middle]), "…"), size, bold) <= width) low = middle;
            else high = middle - 1;
        }

        return low == 0 ? "" : string.Concat(text.AsSpan(0, starts[low]), "…");
    }
}
