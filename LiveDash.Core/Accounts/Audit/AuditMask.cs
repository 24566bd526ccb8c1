using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>Takes secrets out of a document before the audit keeps it: fields that are called so, all headers, and what stands before the host of an address. Stateless.</summary>
public static partial class AuditMask
{
    /// <summary>What stands for a secret.</summary>
    public const string Hidden = "***";

    private static readonly string[] s_telling = ["secret", "password", "token", "key", "hash", "stamp", "auth", "cookie", "credential", "connectionstring"];

    /// <summary>The document as it may be kept; a note of its size where it is no JSON.</summary>
    public static string? Of(byte[]? document)
    {
        if (document is null) return null;
        try
        {
            var node = JsonNode.Parse(document);
            return Masked(node, isSecret: false)?.ToJsonString(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            var text = System.Text.Encoding.UTF8.GetString(document);
            return text.Length < 200 && !text.Any(char.IsControl) ? UserInfo().Replace(text, "$1" + Hidden + "@") : $"({document.Length} bytes)";
        }
    }

    private static JsonNode? Masked(JsonNode? node, bool isSecret) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Masked(pair.Value, isSecret || IsTelling(pair.Key))))),
        JsonArray list => new JsonArray([.. list.Select(item => Masked(item, isSecret))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(isSecret && text.Length > 0 ? Hidden : Query().Replace(UserInfo().Replace(text, "$1" + Hidden + "@"), "$1" + Hidden)),
        _ => node?.DeepClone(),
    };

    private static bool IsTelling(string name) => name.Equals("headers", StringComparison.OrdinalIgnoreCase) || s_telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"(\w+://)[^/\s@]+@")]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(https?://[^\s?]+\?)\S+")]
    private static partial Regex Query();
}
