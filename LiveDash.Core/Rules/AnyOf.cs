namespace LiveDash.Core.Rules;

/// <summary>At least one holds: <c>a or b</c>.</summary>
public sealed record AnyOf(Condition Left, Condition Right) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<SeriesCondition> Leaves => Left.Leaves.Concat(Right.Leaves);

    internal override int Precedence => 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Left.In(1)} or {Right.In(2)}";
}
