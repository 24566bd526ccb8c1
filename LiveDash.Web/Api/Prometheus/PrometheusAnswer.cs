using System.Text.Json;
using LiveDash.Core.Query.Data;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>
/// An answer of Prometheus' HTTP API: <c>{"status":"success","data":...}</c>, with <c>warnings</c> where there are some, or
/// <c>{"status":"error","errorType":"bad_data","error":"..."}</c>. What is written goes out as it is made, so a large answer is not held as a text.
/// </summary>
/// <param name="data">Writes the value of <c>data</c>.</param>
/// <param name="warnings">What is doubtful about it.</param>
internal sealed class PrometheusAnswer(Action<Utf8JsonWriter> data, IReadOnlyList<string>? warnings = null) : IResult
{
    // Between two flushes; a whole answer of any size passes through as much memory.
    private const int FlushAt = 64 * 1024;

    // Names and values go to programs: '>' and quotes as they are.
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter, s_options);
        writer.WriteStartObject();
        writer.WriteString("status", "success");
        writer.WritePropertyName("data");
        data(writer);
        if (warnings is { Count: > 0 })
        {
            writer.WriteStartArray("warnings");
            foreach (var warning in warnings) writer.WriteStringValue(warning);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Runs a request; whatever it throws that has a name in Prometheus' API becomes the error of it.</summary>
    public static async Task<IResult> OfAsync(HttpContext context, Func<PrometheusRequest, Task<IResult>> run)
    {
        try
        {
            return await run(await PrometheusRequest.ReadAsync(context));
        }
        catch (PrometheusError error)
        {
            return Failed(error);
        }
        catch (QueryException exception)
        {
            return Failed(new PrometheusError(exception.Kind switch { QueryErrorKind.Timeout => "timeout", _ => "execution" }, exception.Message));
        }
    }

    /// <summary>A list of texts.</summary>
    public static PrometheusAnswer List(IEnumerable<string> values, IReadOnlyList<string>? warnings = null) => new(
        writer =>
        {
            writer.WriteStartArray();
            foreach (var value in values) writer.WriteStringValue(value);
            writer.WriteEndArray();
        },
        warnings);

    /// <summary>Lets go of what was written once it is much.</summary>
    public static void FlushWhereMuch(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > FlushAt) writer.Flush();
    }

    private static IResult Failed(PrometheusError error) =>
        Results.Json(new { status = "error", errorType = error.Kind, error = error.Message }, statusCode: error.Status);
}
