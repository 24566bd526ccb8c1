namespace LiveDash.Core.Query.Tree;

/// <summary>A number, such as <c>80</c>, <c>1e3</c>, <c>0x1F</c>, <c>Inf</c>, or a duration in seconds such as <c>5m</c>.</summary>
/// <param name="Value">The number; may be infinite or not a number.</param>
public sealed record NumberLiteral(double Value) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Scalar;
}
