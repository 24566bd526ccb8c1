using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDash.Core.Alerts;

/// <summary>How alerts, episodes, silences and rules are kept: the kinds of documents and their JSON. Stateless, so safe on any thread.</summary>
internal static class AlertDocuments
{
    public const string Alert = "alert";
    public const string Episode = "episode";
    public const string Silence = "silence";
    public const string Rule = "rule";
    public const string Quiet = "alert-quiet";
    public const string Changes = "alert-changes";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Json);

    /// <summary>Reads a document; null where it cannot be read.</summary>
    public static T? TryRead<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Episodes sort by the time they fired.</summary>
    public static string EpisodeKey(Episode episode) => $"{episode.FiredAt:D19}-{episode.Id}";
}
