namespace LiveDash.Core.Query.Live;

/// <summary>The stored past of a live expression. Made by one thread.</summary>
/// <param name="Expression">The expression with the points that were read.</param>
internal sealed record LivePast(LiveExpression Expression)
{
    private readonly Dictionary<int, long> _newest = [];

    /// <summary>The series that were read.</summary>
    public IReadOnlyCollection<int> Series => _newest.Keys;

    /// <summary>Tells that a series was read, and up to which id.</summary>
    public void Read(int series, long newestId) => _newest[series] = Math.Max(newestId, _newest.GetValueOrDefault(series));

    /// <summary>Whether the points of a series in a commit were read: ids grow with the commits, and a scan sees a commit whole or not at all.</summary>
    public bool Holds(int series, long commitId) => commitId != 0 && _newest.TryGetValue(series, out var newest) && commitId <= newest;
}
