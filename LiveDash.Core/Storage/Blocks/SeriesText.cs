using System.Text.Json;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>How the tags of a series are kept: a JSON object, because a tag's value may hold the characters of the canonical text.</summary>
internal static class SeriesText
{
    /// <summary>The tags as text.</summary>
    public static string Tags(SeriesKey key) =>
        key.Tags.Count == 0 ? "" : JsonSerializer.Serialize(key.Tags.ToDictionary(static t => t.Key, static t => t.Value, StringComparer.Ordinal));

    /// <summary>The key read back.</summary>
    /// <exception cref="InvalidDataException">The text is not what <see cref="Tags"/> makes.</exception>
    public static SeriesKey Key(string name, string tags)
    {
        if (tags.Length == 0) return new SeriesKey(name);
        try
        {
            return new SeriesKey(name, JsonSerializer.Deserialize<Dictionary<string, string>>(tags));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The tags of series '{name}' cannot be read.", e);
        }
    }
}
