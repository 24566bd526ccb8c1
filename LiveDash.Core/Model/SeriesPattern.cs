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
    }

    /// <summary>True when there is no wildcard in it.</summary>
    public bool IsExact { get; }

    /// <summary>The one series an exact pattern chooses.</summary>
    public SeriesKey ExactKey => _key;

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
        if (!FileSystemName.MatchesSimpleExpression(_key.Name, key.Name, ignoreCase: false)) return false;
        foreach (var tag in _key.Tags)
        {
            var value = key.Tag(tag.Key);
            if (value is null || !FileSystemName.MatchesSimpleExpression(tag.Value, value, ignoreCase: false)) return false;
        }

        return true;
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => _key.ToString();
}
