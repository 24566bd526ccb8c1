using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDash.Core.Storage;

/// <summary>The JSON in which alerts and notices are kept as documents: camel case, enumerations by name. Stateless, so safe on any thread.</summary>
internal static class DocumentJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, s_options);

    /// <summary>Reads a document; null where it cannot be read.</summary>
    public static T? TryRead<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
