using System.Text;
using System.Text.Json;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Reads names and tags into strings, where a series is met for the first time. Stateless.</summary>
internal static class JsonTags
{
    // Fewer are looked through faster than hashed; a line may hold any number until it is refused.
    private const int Few = 16;

    /// <summary>Unescapes a text given with its quotes.</summary>
    /// <exception cref="InvalidOperationException">It is not UTF-8 or holds half a surrogate pair.</exception>
    public static string ReadText(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Reads a tags object; numbers and booleans count as they are written, null and what nests does not.</summary>
    /// <param name="json">An object known to be sound JSON, or nothing.</param>
    /// <param name="options">As the point was read.</param>
    /// <param name="tags">In the sender's order.</param>
    /// <param name="fault">Why not.</param>
    /// <exception cref="InvalidOperationException">A text is not UTF-8 or holds half a surrogate pair.</exception>
    public static bool TryRead(ReadOnlySpan<byte> json, JsonReaderOptions options, out List<KeyValuePair<string, string>> tags, out Fault fault)
    {
        tags = [];
        fault = default;
        if (json.IsEmpty) return true;
        HashSet<string>? keys = null;
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (tags.Count == Few) keys = tags.Select(static tag => tag.Key).ToHashSet(StringComparer.Ordinal);
            if (keys is null ? tags.Exists(tag => tag.Key == key) : !keys.Add(key))
            {
                fault = new(RejectReason.BadJson, $"The tag '{key}' stands twice.");
                return false;
            }

            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    tags.Add(new(key, reader.GetString()!));
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    tags.Add(new(key, Encoding.ASCII.GetString(reader.ValueSpan)));
                    break;
                default:
                    fault = new(RejectReason.BadName, $"The tag '{key}' is not a text.");
                    return false;
            }
        }

        return true;
    }
}
