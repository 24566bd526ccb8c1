using System.IO.Enumeration;

namespace LiveDash.Core.Model;

/// <summary>
/// Chooses series: a name and tag values in which <c>*</c> stands for any characters and <c>?</c> for one, as in
/// <c>cpu.*</c> or <c>cpu.load{host=web*}</c>. Every tag named must be there and match; tags not named are free, except that a pattern
/// without any wildcard chooses exactly the series it spells; <c>cpu.load{host=web1,*}</c> leaves further tags free without one. In a pattern with a wildcard a backslash guards the character
/// after it. Matching is linear in the text. Immutable, so safe on any thread.
/// </summary>
public sealed class SeriesPattern
{
    private readonly SeriesKey _key;
    private readonly bool _isOpen;

    private SeriesPattern(SeriesKey key, bool isOpen, bool isExact)
    {
        (_key, _isOpen, IsExact) = (key, isOpen, isExact);
        Conditions = [Condition(SeriesPostings.Name, key.Name), .. key.Tags.Where(static tag => tag.Key != SeriesPostings.Name).Select(tag => Condition(tag.Key, tag.Value))];
    }

    /// <summary>True when there is no wildcard in it.</summary>
    public bool IsExact { get; }

    /// <summary>The one series an exact pattern chooses.</summary>
    public SeriesKey ExactKey => _key;

    /// <summary>Of a pattern that leaves further tags free and has no wildcard, the one that chooses the series without any further tag; null of any other.</summary>
    public SeriesPattern? Spelled => !IsExact && Unguarded(_key) is { } key ? new SeriesPattern(key, isOpen: false, isExact: true) : null;

    /// <summary>What the name and each tag must meet, for <see cref="SeriesPostings"/>.</summary>
    internal IReadOnlyList<LabelCondition> Conditions { get; }

    /// <summary>Reads a pattern; false where the text is not <c>name</c>, <c>name{tag=value,...}</c> or <c>name{tag=value,...,*}</c>.</summary>
    public static bool TryParse(string text, out SeriesPattern? pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        var closed = Closed(text);
        pattern = SeriesKey.TryParse(closed ?? text, out var key) ? new SeriesPattern(key!, closed is not null, closed is null && !key!.ToString().AsSpan().ContainsAny('*', '?')) : null;
        return pattern is not null;
    }

    /// <summary>True when the series is chosen.</summary>
    public bool Matches(SeriesKey key)
    {
        if (IsExact) return key.Equals(_key);
        return Matches(key.Name, key.Tags);
    }

    /// <summary>True when a series of this name and these tags is chosen, where there is a wildcard in the pattern.</summary>
    internal bool Matches(string name, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (!FileSystemName.MatchesSimpleExpression(_key.Name, name, ignoreCase: false)) return false;
        foreach (var (key, wanted) in _key.Tags)
        {
            var value = Value(tags, key);
            if (value is null || !FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false)) return false;
        }

        return true;
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => !_isOpen ? _key.ToString() : _key.Tags.Count == 0 ? _key + "{*}" : _key.ToString()[..^1] + ",*}";

    // The text without the star that leaves further tags free; null where there is none.
    private static string? Closed(string text)
    {
        var inner = text.AsSpan();
        if (inner is not [.., '}']) return null;
        inner = inner[..^1].TrimEnd();
        if (inner is not [.., '*']) return null;
        inner = inner[..^1].TrimEnd();
        return inner is [.., ',' or '{'] ? string.Concat(inner, "}") : null;
    }

    // As it is without what guards its letters; null where a wildcard is among them.
    private static SeriesKey? Unguarded(SeriesKey key)
    {
        if (Unguarded(key.Name) is not { } name) return null;
        var tags = new List<KeyValuePair<string, string>>(key.Tags.Count);
        foreach (var (tag, value) in key.Tags)
        {
            if (Unguarded(value) is not { } plain) return null;
            tags.Add(new(tag, plain));
        }

        return new SeriesKey(name, tags);
    }

    private static string? Unguarded(string text)
    {
        if (!text.AsSpan().ContainsAny('*', '?', '\\')) return text;
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?') return null;
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> tags, string key)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Key == key) return tags[i].Value;
        }

        return null;
    }

    // In a pattern with a wildcard a backslash guards the character after it.
    private LabelCondition Condition(string label, string wanted) => !IsExact && wanted.AsSpan().ContainsAny('*', '?', '\\')
        ? new(label, null, value => FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false))
        : new(label, wanted);
}
