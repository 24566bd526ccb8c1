using System.Text.Json;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>Evaluates expressions for Prometheus' API: at one moment and at the steps of a range. Thread-safe.</summary>
internal sealed class PrometheusQueries(QueryEngine engine, QueryLimits limits)
{
    /// <summary><c>/api/v1/query</c></summary>
    public async Task<IResult> InstantAsync(PrometheusRequest request, CancellationToken cancellationToken)
    {
        var expr = request.Expression();
        var most = request.Limit();
        var result = await engine.InstantAsync(expr, request.TimeOrNow("time"), request.Within(limits), cancellationToken);
        return Answer(result, most);
    }

    /// <summary><c>/api/v1/query_range</c></summary>
    public async Task<IResult> RangeAsync(PrometheusRequest request, CancellationToken cancellationToken)
    {
        var (start, end) = (request.NeededTime("start"), request.NeededTime("end"));
        if (end < start) throw PrometheusError.Parameter("end", "end timestamp must not be before start time");
        var step = request.Duration("step") ?? throw PrometheusError.Parameter("step", "cannot parse \"\" to a valid duration");
        if (step <= 0) throw PrometheusError.Parameter("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        if ((end - start) / step >= limits.MaxSteps)
        {
            throw new PrometheusError("bad_data", $"exceeded maximum resolution of {limits.MaxSteps:N0} points per timeseries (LiveDash:Query:MaxSteps). Try decreasing the query resolution (?step=XX)");
        }

        var expr = request.Expression();
        if (expr.Kind is ValueKind.Matrix or ValueKind.String)
        {
            throw PrometheusError.Parameter("query", $"invalid expression type \"{(expr.Kind == ValueKind.Matrix ? "range vector" : "string")}\" for range query, must be Scalar or instant Vector");
        }

        var most = request.Limit();
        return Answer(await engine.RangeAsync(expr, start, end, step, request.Within(limits), cancellationToken), most);
    }

    private static PrometheusAnswer Answer(QueryResult result, int most)
    {
        var warnings = result.Series.Count > most ? [.. result.Warnings, "results truncated due to limit"] : result.Warnings;
        return new PrometheusAnswer(writer => Write(writer, result, most), warnings);
    }

    private static void Write(Utf8JsonWriter writer, QueryResult result, int most)
    {
        writer.WriteStartObject();
        writer.WriteString("resultType", result.Kind.ToString().ToLowerInvariant());
        writer.WritePropertyName("result");
        switch (result.Kind)
        {
            case ValueKind.Scalar:
                PrometheusNumbers.WriteSample(writer, result.At, PrometheusNumbers.Value(result.Scalar));
                break;
            case ValueKind.String:
                PrometheusNumbers.WriteSample(writer, result.At, result.Text);
                break;
            default:
                writer.WriteStartArray();
                foreach (var series in result.Series.Take(most)) Write(writer, series, result.Kind == ValueKind.Matrix);
                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, QueryPoints series, bool isMatrix)
    {
        var times = series.Times.Span;
        var values = series.Values.Span;
        writer.WriteStartObject();
        writer.WritePropertyName("metric");
        PrometheusNumbers.WriteLabels(writer, series.Labels);
        writer.WritePropertyName(isMatrix ? "values" : "value");
        if (isMatrix) writer.WriteStartArray();
        for (var i = 0; i < (isMatrix ? times.Length : 1); i++)
        {
            PrometheusNumbers.WriteSample(writer, times[i], PrometheusNumbers.Value(values[i]));
            PrometheusAnswer.FlushWhereMuch(writer);
        }

        if (isMatrix) writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
