using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// Takes secrets out of a document before the audit keeps it: fields that are called so or that their kind says are one, all headers, and what stands before the host of an address and
/// in its query. Immutable.
/// </summary>
/// <param name="fields">Names of fields that are secrets besides, by kind of document; of an address, scheme and host are told.</param>
public sealed partial class AuditMask(IReadOnlyDictionary<string, IReadOnlySet<string>> fields)
{
    /// <summary>What stands for a secret.</summary>
    public const string Hidden = "***";

    private static readonly string[] s_telling = ["secret", "password", "token", "key", "hash", "stamp", "auth", "cookie", "credential", "connectionstring"];

    /// <summary>The document as it may be kept; a note of its size where it is no JSON.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="document">Its bytes, or null.</param>
    public string? Of(string kind, byte[]? document)
    {
        if (document is null) return null;
        var besides = fields.GetValueOrDefault(kind);
        try
        {
            var node = JsonNode.Parse(document);
            return Masked(node, isSecret: false, besides)?.ToJsonString(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            var text = System.Text.Encoding.UTF8.GetString(document);
            return text.Length < 200 && !text.Any(char.IsControl) ? UserInfo().Replace(text, "$1" + Hidden + "@") : $"({document.Length} bytes)";
        }
    }

    private static JsonNode? Masked(JsonNode? node, bool isSecret, IReadOnlySet<string>? besides) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(
            pair.Key, besides?.Contains(pair.Key) == true && pair.Value is JsonValue value ? HostOf(value) : Masked(pair.Value, isSecret || IsTelling(pair.Key), besides)))),
        JsonArray list => new JsonArray([.. list.Select(item => Masked(item, isSecret, besides))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(isSecret && text.Length > 0 ? Hidden : Query().Replace(UserInfo().Replace(text, "$1" + Hidden + "@"), "$1" + Hidden)),
        _ => node?.DeepClone(),
    };

    // Where it leads is worth knowing; what it says there is not for everybody.
    private static JsonValue HostOf(JsonValue value) => JsonValue.Create(
        !value.TryGetValue<string>(out var text) || text.Length == 0 ? "" : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? $"{uri.Scheme}://{uri.Authority}/{Hidden}" : Hidden);

    private static bool IsTelling(string name) => name.Equals("headers", StringComparison.OrdinalIgnoreCase) || s_telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"(\w+://)[^/\s@]+@", RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(\w+://[^\s?]+\?)\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Query();
}
