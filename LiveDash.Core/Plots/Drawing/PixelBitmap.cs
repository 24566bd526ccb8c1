namespace LiveDash.Core.Plots.Drawing;

/// <summary>A small picture that a plot computes cell by cell: premultiplied <c>0xAARRGGBB</c>, rows from the top. At most as large as its maker bounds it. Not thread-safe.</summary>
public sealed class PixelBitmap(int width, int height)
{
    /// <summary>Cells in a row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>All cells, row by row; clear at first.</summary>
    public uint[] Pixels { get; } = new uint[width * height];
}
