using LiveDash.Core.Ingestion;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Web.Api.Query;

/// <summary>What <c>GET /api/query</c> answers.</summary>
/// <param name="Kind">scalar, vector, matrix or string.</param>
/// <param name="At">The moment of evaluation.</param>
/// <param name="Series">A vector's or matrix' series.</param>
/// <param name="Value">A scalar's value, or a string's text; else null.</param>
/// <param name="Warnings">What is doubtful about it.</param>
/// <param name="Use">What it took.</param>
internal sealed record QueryAnswer(string Kind, string At, IReadOnlyList<QuerySeriesAnswer> Series, object? Value, IReadOnlyList<string> Warnings, QueryUse Use)
{
    public static QueryAnswer From(QueryResult result) => new(
        result.Kind.ToString().ToLowerInvariant(), TimeText.Format(result.At), [.. result.Series.Select(static one => QuerySeriesAnswer.From(one))],
        result.Kind switch { ValueKind.Scalar => QuerySeriesAnswer.Figure(result.Scalar), ValueKind.String => result.Text, _ => null }, result.Warnings, result.Use);
}
