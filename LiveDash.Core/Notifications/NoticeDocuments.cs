using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDash.Core.Notifications;

/// <summary>How notices and deliveries are kept: the kinds of documents and their JSON. Stateless, so safe on any thread.</summary>
internal static class NoticeDocuments
{
    public const string Notice = "notice";
    public const string Delivery = "delivery";
    public const string Told = "told";
    public const string Telling = "telling";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Json);

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

    public static string ToldId(string alertId, string channel) => $"{alertId}:{channel}";
}
