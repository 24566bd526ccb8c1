using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>What an expression must yield at a moment. Immutable.</summary>
/// <param name="At">The moment, in ticks since the beginning.</param>
/// <param name="Text">The expression as it is written.</param>
/// <param name="Expr">The expression.</param>
/// <param name="Samples">The label sets with their values.</param>
public sealed record ExpectedSamples(long At, string Text, QueryExpr Expr, IReadOnlyList<(LabelSet Labels, double Value)> Samples);
