using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Live;

/// <summary>What a panel of an expression shows. Immutable.</summary>
/// <param name="Expr">A scalar or vector expression.</param>
/// <param name="Legend">What lines are called, such as <c>{{host}}</c>; empty for the labels that differ.</param>
/// <param name="Span">How far back a live panel goes.</param>
/// <param name="Range">The stored range to show instead, or null.</param>
/// <param name="Step">How far evaluations are apart; null for a column of the panel.</param>
public sealed record ExpressionQuery(QueryExpr Expr, string Legend, TimeSpan Span, TimeRange? Range, TimeSpan? Step);
