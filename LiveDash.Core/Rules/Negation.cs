namespace LiveDash.Core.Rules;

/// <summary>It does not hold: <c>not a</c>.</summary>
public sealed record Negation(Condition Inner) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<SeriesCondition> Leaves => Inner.Leaves;

    /// <inheritdoc/>
    public override string ToString() => $"not {Inner.In(3)}";
}
