using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Reading;

/// <summary>Reads a request's body as a shape. Pure but for the body.</summary>
internal static class ShapeBody
{
    private const long MostBytes = 1024 * 1024;

    /// <summary>Reads it: the shape with the JSON it came as, or what to answer.</summary>
    public static async Task<(Shape? Shape, JsonElement Body, IResult? Fault)> ReadAsync(HttpContext context, Limits limits)
    {
        if (context.Request.ContentLength > MostBytes) return (null, default, TooLarge());
        try
        {
            var body = new BoundedStream(context.Request.Body, static read => read > MostBytes ? "" : null);
            using var json = await JsonDocument.ParseAsync(body, new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth }, context.RequestAborted);
            return (GeoJson.Parse(json.RootElement), json.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (null, default, ApiProblem.Result(400, "bad_json", $"The body is not JSON: {exception.Message}"));
        }
        catch (InvalidOperationException)
        {
            // What the parser lets pass and no string can hold: bytes that are not UTF-8, or half of a surrogate pair.
            return (null, default, ApiProblem.Result(400, "bad_utf8", "The body holds a text that is not UTF-8, or half of a surrogate pair."));
        }
        catch (GeometryException exception)
        {
            return (null, default, ApiProblem.Result(400, "bad_geometry", exception.Message, ("parameter", "body")));
        }
        catch (BodyTooLargeException)
        {
            return (null, default, TooLarge());
        }
    }

    private static IResult TooLarge() => ApiProblem.Result(413, "too_large", $"A shape has at most {MostBytes:N0} bytes.");
}
