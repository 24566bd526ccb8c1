using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Where a selector or subquery looks at each step. Immutable.</summary>
/// <param name="Offset">How far before, in ticks.</param>
/// <param name="Fixed">What <c>@</c> fixes it to; null for the step's own moment.</param>
internal readonly record struct Lookup(long Offset, long? Fixed)
{
    /// <summary>The moment that it looks at.</summary>
    public long At(StepGrid grid, int step) => (Fixed ?? grid.Time(step)) - Offset;

    /// <summary>The different moments that it looks at.</summary>
    public StepGrid Moments(StepGrid grid) => Fixed is { } moment ? StepGrid.At(moment - Offset) : grid with { Start = grid.Start - Offset };
}
