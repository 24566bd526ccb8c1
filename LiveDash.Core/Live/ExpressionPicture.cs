namespace LiveDash.Core.Live;

/// <summary>The lines of an expression as they stand. Immutable but for their columns, which go on.</summary>
/// <param name="Lines">The lines, in the order in which they came.</param>
/// <param name="Layout">Another number than before where there are other lines.</param>
/// <param name="More">How many label sets the expression yields beyond the lines.</param>
/// <param name="Found">How many label sets the newest answer has.</param>
/// <param name="Now">The newest answer's first label set, with its value and time; null where it yields none.</param>
/// <param name="IsLoaded">True once the past, or the first answer, is there.</param>
internal sealed record ExpressionPicture(IReadOnlyList<ExpressionLine> Lines, int Layout, int More, int Found, (ExpressionLine Line, double Value, long Time)? Now, bool IsLoaded)
{
    /// <summary>Before anything is known.</summary>
    public static ExpressionPicture Empty { get; } = new([], 0, 0, 0, null, false);
}
