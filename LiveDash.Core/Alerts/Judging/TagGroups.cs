using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>The series of a pattern by the value of one tag, in the order of their numbers; the first of each value makes its alert. Follows the catalog. Not thread-safe.</summary>
internal sealed class TagGroups(SeriesCatalog catalog, SeriesPattern pattern, string tag)
{
    private readonly Dictionary<string, List<int>> _members = new(StringComparer.Ordinal);
    private int _seen;

    /// <summary>The group that a series belongs to, up to date with the catalog.</summary>
    public (string Value, IReadOnlyList<int> Members)? Of(int series)
    {
        Follow();
        return catalog[series].Tag(tag) is { } value && _members.TryGetValue(value, out var members) ? (value, members) : null;
    }

    private void Follow()
    {
        for (; _seen < catalog.Count; _seen++)
        {
            var key = catalog[_seen];
            if (!pattern.Matches(key) || key.Tag(tag) is not { } value) continue;
            if (!_members.TryGetValue(value, out var members)) _members[value] = members = [];
            members.Add(_seen);
        }
    }
}
