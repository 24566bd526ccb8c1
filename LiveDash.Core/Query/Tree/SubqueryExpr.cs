namespace LiveDash.Core.Query.Tree;

/// <summary>An expression evaluated at steps of a stretch; the steps are multiples of their length since 1970.</summary>
/// <param name="Inner">What is evaluated.</param>
/// <param name="Range">How long the stretch is, in ticks; more than 0.</param>
/// <param name="Step">How far the steps are apart, in ticks; 0 for the evaluation's default.</param>
/// <param name="Shift">The modifiers.</param>
public sealed record SubqueryExpr(QueryExpr Inner, long Range, long Step, TimeShift Shift = default) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Matrix;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Inner];
}
