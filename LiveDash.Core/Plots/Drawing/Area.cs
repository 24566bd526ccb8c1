namespace LiveDash.Core.Plots.Drawing;

/// <summary>An upright rectangle on a canvas.</summary>
public readonly record struct Area(double X, double Y, double Width, double Height)
{
    /// <summary>Its right edge.</summary>
    public double Right => X + Width;

    /// <summary>Its lower edge.</summary>
    public double Bottom => Y + Height;
}
