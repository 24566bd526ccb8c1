namespace LiveDash.Core.Rules;

/// <summary>Both hold: <c>a and b</c>.</summary>
public sealed record AllOf(Condition Left, Condition Right) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<SeriesCondition> Leaves => Left.Leaves.Concat(Right.Leaves);

    internal override int Precedence => 2;

    /// <inheritdoc/>
    public override string ToString() => $"{Left.In(2)} and {Right.In(3)}";
}
