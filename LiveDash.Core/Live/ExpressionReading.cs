namespace LiveDash.Core.Live;

/// <summary>What the number of an expression is written from.</summary>
/// <param name="Name">The label set it is of.</param>
/// <param name="Value">The newest value; NaN where there is none.</param>
/// <param name="Min">The smallest value of what is looked at.</param>
/// <param name="Max">The largest.</param>
/// <param name="Count">How many values there are.</param>
/// <param name="More">How many label sets more the expression yields.</param>
public readonly record struct ExpressionReading(string Name, double Value, double Min, double Max, long Count, int More);
