using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using Microsoft.AspNetCore.WebUtilities;

namespace LiveDash.Web.Api.Jobs;

/// <summary>Reads the body of a job request: JSON, or the form that <c>curl -d</c> sends, also when it says it is a form and is JSON.</summary>
internal static class JobBody
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads and checks a request.</summary>
    /// <returns>The request, or the answer that tells what is wrong.</returns>
    internal static async Task<(JobRequest? Request, IResult? Refusal)> ReadAsync(HttpContext context, Limits limits)
    {
        var (document, refusal) = await ReadJsonAsync(context, limits).ConfigureAwait(false);
        if (document is null) return (null, refusal);
        using (document)
        {
            try
            {
                var faults = JobRequestReader.Read(document.RootElement, limits, out var request);
                return faults.Count > 0 ? (null, Refuse(faults)) : (request, null);
            }
            catch (InvalidOperationException)
            {
                // What the parser lets pass and no string can hold: bytes that are not UTF-8, or half of a surrogate pair.
                return (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_utf8", "The body holds a text that is not UTF-8, or half of a surrogate pair."));
            }
        }
    }

    /// <summary>Reads the body as JSON.</summary>
    /// <returns>The document, or the answer that tells what is wrong.</returns>
    internal static async Task<(JsonDocument? Document, IResult? Refusal)> ReadJsonAsync(HttpContext context, Limits limits)
    {
        if (await ReadBytesAsync(context).ConfigureAwait(false) is not { } bytes)
        {
            return (null, ApiProblem.Result(StatusCodes.Status413PayloadTooLarge, "too_large", $"A job request has at most {MostBytes:N0} bytes."));
        }

        try
        {
            return (JsonDocument.Parse(IsForm(context.Request, bytes) ? FromForm(bytes) : bytes, new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth }), null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", $"The body is not JSON: {exception.Message} Send an object such as {{\"start\":\"2001\",\"end\":\"2021\"}}."));
        }
    }

    /// <summary>The answer to a request with faults: 400, the first fault's field in <c>parameter</c>, all of them in <c>errors</c>.</summary>
    internal static IResult Refuse(IReadOnlyList<FieldFault> faults)
    {
        var all = faults.GroupBy(static f => f.Field).ToDictionary(static g => g.Key, static g => g.Select(static f => f.Message).ToArray());
        var detail = string.Join(" ", faults.Take(5).Select(static f => f.Field.Length > 0 ? $"{f.Field}: {f.Message}" : f.Message));
        return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_parameter", detail, ("parameter", faults[0].Field), ("errors", all));
    }

    private static bool IsForm(HttpRequest request, byte[] bytes) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
        && bytes.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..];

    private static async Task<byte[]?> ReadBytesAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > MostBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    // A field given twice, such as series=a&series=b, is a list.
    private static byte[] FromForm(byte[] bytes)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(bytes));
        var json = new JsonObject();
        foreach (var (name, values) in reader.ReadForm())
        {
            json[name] = values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(static v => JsonValue.Create(v))]);
        }

        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
