namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// The episodes by id and by the time they fired. At most so many closed ones are kept, the oldest go; open ones are as many as alerts fire, and none of
/// them goes: its end is still to be told. Not thread-safe: its owner locks.
/// </summary>
internal sealed class EpisodeShelf(int capacity)
{
    private readonly Dictionary<string, Episode> _byId = new(StringComparer.Ordinal);
    private readonly SortedSet<(long FiredAt, string Id)> _order = [];
    private readonly SortedSet<(long FiredAt, string Id)> _closed = [];

    public Episode? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds an episode or puts it in the place of the one of its id.</summary>
    /// <returns>The oldest closed one, where it had to go for room.</returns>
    public Episode? Put(Episode episode)
    {
        _byId[episode.Id] = episode;
        _order.Add((episode.FiredAt, episode.Id));
        if (episode.ResolvedAt is null) return null;
        _closed.Add((episode.FiredAt, episode.Id));
        if (_closed.Count <= capacity) return null;
        var oldest = _closed.Min;
        _closed.Remove(oldest);
        _order.Remove(oldest);
        _byId.Remove(oldest.Id, out var dropped);
        return dropped;
    }

    public IReadOnlyList<Episode> Newest(int limit) => [.. _order.Reverse().Take(limit).Select(key => _byId[key.Id])];
}
