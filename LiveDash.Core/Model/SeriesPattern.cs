using System.IO.Enumeration;

namespace LiveDash.Core.Model;

/// <summary>
/// Chooses series: a name and tag values in which <c>*</c> stands for any characters and <c>?</c> for one, as in
/// <c>cpu.*</c> or <c>cpu.load{host=web*}</c>. Every tag named must be there and match; tags not named are free, except that a pattern
/// without any wildcard chooses exactly the series it spells. Matching is linear in the text. Immutable, so safe on any thread.
/// </summary>
public sealed class SeriesPattern
{
    private readonly SeriesKey _key;

    private SeriesPattern(SeriesKey key)
    {
        _key = key;
        IsExact = !key.ToString().AsSpan().ContainsAny('*', '?');
        Conditions = [Condition(SeriesPostings.Name, key.Name), .. key.Tags.Where(static tag => tag.Key != SeriesPostings.Name).Select(tag => Condition(tag.Key, tag.Value))];
    }

    /// <summary>True when there is no wildcard in it.</summary>
    public bool IsExact { get; }

    /// <summary>The one series an exact pattern chooses.</summary>
    public SeriesKey ExactKey => _key;

    /// <summary>What the name and each tag must meet, for <see cref="SeriesPostings"/>.</summary>
    internal IReadOnlyList<LabelCondition> Conditions { get; }

    /// <summary>Reads a pattern; false where the text is not <c>name</c> or <c>name{tag=value,...}</c>.</summary>
    public static bool TryParse(string text, out SeriesPattern? pattern)
    {
        pattern = SeriesKey.TryParse(text, out var key) ? new SeriesPattern(key!) : null;
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
    public override string ToString() => _key.ToString();

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
