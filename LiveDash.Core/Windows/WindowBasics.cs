namespace LiveDash.Core.Windows;

/// <summary>Count, mean, population standard deviation and extremes of a window; NaN where it is empty. Immutable.</summary>
public readonly record struct WindowBasics(long Count, double Mean, double Std, double Min, double Max)
{
    /// <summary>The figures of a window that holds no point.</summary>
    public static WindowBasics Empty { get; } = new(0, double.NaN, double.NaN, double.NaN, double.NaN);
}
