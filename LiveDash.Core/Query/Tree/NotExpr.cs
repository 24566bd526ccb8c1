namespace LiveDash.Core.Query.Tree;

/// <summary>The series of which a condition does not hold: <c>not mean(cpu.load, 1m) &gt; 80</c>. It yields the values that the condition looks at.</summary>
/// <param name="Inner">The condition: comparisons of vectors with numbers, what LiveDash's own text asks of series, and those joined by and, or and not.</param>
public sealed record NotExpr(QueryExpr Inner) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Vector;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Inner];
}
