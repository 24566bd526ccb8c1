using LiveDash.Core.Ingestion;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;

namespace LiveDash.Web.Api.Query;

/// <summary>A series of an answer; values that JSON has no number for are the texts NaN, +Inf and -Inf.</summary>
/// <param name="Series">The series as PromQL writes it.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Points">Pairs of time and value.</param>
internal sealed record QuerySeriesAnswer(string Series, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<object[]> Points)
{
    public static QuerySeriesAnswer From(QueryPoints one)
    {
        var points = new object[one.Times.Length][];
        for (var i = 0; i < points.Length; i++) points[i] = [TimeText.Format(one.Times.Span[i]), Figure(one.Values.Span[i])];
        return new(one.Labels.ToString(), one.Labels.Pairs.ToDictionary(), points);
    }

    /// <summary>A value as JSON.</summary>
    public static object Figure(double value) => double.IsFinite(value) ? value : PlainNumber.Text(value);
}
