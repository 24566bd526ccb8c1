using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>
/// What the lines of a panel are called beside one another: what they share is said once, a line carries what differs. Immutable.
/// </summary>
/// <param name="Head">What all share: tags such as <c>region=eu</c>, and the name where there is more than one line; empty for nothing.</param>
/// <param name="Key">The tags that differ, such as <c>host</c>; <c>series</c> where names differ.</param>
/// <param name="Labels">One a line.</param>
public sealed record LineNames(string Head, string Key, IReadOnlyList<string> Labels)
{
    /// <summary>Names for the lines, in their order.</summary>
    public static LineNames Of(IReadOnlyList<SeriesKey> keys)
    {
        if (keys.Count == 0) return new("", "series", []);
        if (keys.Count == 1) return new("", "series", [keys[0].ToString()]);
        var shared = keys[0].Tags.Where(tag => keys.All(key => key.Tag(tag.Key) == tag.Value)).ToList();
        var oneName = keys.All(key => key.Name == keys[0].Name);
        var differing = keys.SelectMany(static key => key.Tags).Select(static tag => tag.Key).Distinct().Except(shared.Select(static tag => tag.Key)).Order(StringComparer.Ordinal).ToList();
        var head = shared.Select(static tag => $"{tag.Key}={tag.Value}");
        if (oneName) head = head.Prepend(keys[0].Name);
        return new(string.Join(", ", head), oneName && differing.Count > 0 ? string.Join(", ", differing) : "series", [.. keys.Select(key => Label(key, oneName, differing))]);
    }

    private static string Label(SeriesKey key, bool oneName, List<string> differing)
    {
        // With one tag its value says all; with more each says which it is.
        var tags = differing.Where(tag => key.Tag(tag) is not null).Select(tag => differing.Count == 1 ? key.Tag(tag)! : $"{tag}={key.Tag(tag)}").ToList();
        if (!oneName) tags.Insert(0, key.Name);
        return tags.Count == 0 ? key.Name : string.Join(' ', tags);
    }
}
