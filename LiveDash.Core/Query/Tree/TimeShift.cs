namespace LiveDash.Core.Query.Tree;

/// <summary>The modifiers <c>offset</c> and <c>@</c> of a selector or subquery. Immutable.</summary>
/// <param name="Offset">How far before the moment, in ticks; negative for behind it.</param>
/// <param name="Anchor">What <c>@</c> says.</param>
/// <param name="At">The moment in UTC ticks, where <paramref name="Anchor"/> is <see cref="TimeAnchor.Fixed"/>.</param>
public readonly record struct TimeShift(long Offset, TimeAnchor Anchor = TimeAnchor.None, long At = 0)
{
    /// <summary>True where it looks at the same moment whatever the step.</summary>
    public bool IsFixed => Anchor != TimeAnchor.None;
}
