namespace LiveDash.Core.Plots.Drawing;

/// <summary>A place on a canvas, in its units, from the top left corner. A NaN breaks a line.</summary>
public readonly record struct Spot(double X, double Y)
{
    /// <summary>Ends one stretch of a line and begins the next.</summary>
    public static Spot Break { get; } = new(double.NaN, double.NaN);

    /// <summary>True for <see cref="Break"/>.</summary>
    public bool IsBreak => double.IsNaN(X);
}
