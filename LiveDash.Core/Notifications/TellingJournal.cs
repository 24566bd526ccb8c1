using LiveDash.Core.Storage;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Whom each episode was told to, and how that ended: what an episode's timeline shows. Holds <see cref="MaxNotices"/> notices; the oldest deliveries
/// go. All members are thread-safe.
/// </summary>
public sealed class TellingJournal
{
    /// <summary>How many notices are remembered.</summary>
    public const int MaxNotices = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Telling> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byEpisode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Telling> _lastByChannel = new(StringComparer.Ordinal);
    private readonly SortedSet<(long At, string Key)> _order = [];
    private int _notices;

    /// <summary>How the deliveries that told of an episode ended, in order.</summary>
    public IReadOnlyList<Telling> Of(string episode)
    {
        lock (_gate)
        {
            return _byEpisode.TryGetValue(episode, out var keys)
                ? [.. keys.Select(key => _byKey[key]).OrderBy(static telling => telling.At).ThenBy(static telling => telling.Key, StringComparer.Ordinal)]
                : [];
        }
    }

    /// <summary>How the newest delivery to a channel ended; null where there was none.</summary>
    public Telling? LastOf(string channel)
    {
        lock (_gate)
        {
            return _lastByChannel.GetValueOrDefault(channel);
        }
    }

    /// <summary>True where a channel was to be told that an episode fires and every such notice was given up.</summary>
    public bool WasNeverTold(string episode, string channel)
    {
        var firing = Of(episode).Where(telling => telling.Channel == channel && telling.Notices.Any(n => n.Episode == episode && n.Kind == "firing")).ToList();
        return firing.Count > 0 && firing.TrueForAll(static telling => telling.IsUndelivered);
    }

    /// <summary>Takes over what was kept.</summary>
    internal void Load(IEnumerable<Telling> tellings)
    {
        lock (_gate)
        {
            foreach (var telling in tellings) Put_NeedsLock(telling);
        }
    }

    /// <summary>Remembers how a delivery ended.</summary>
    /// <returns>What is to be kept: the telling, and the removal of those it pushed out.</returns>
    internal IReadOnlyList<DocumentChange> Record(Delivery delivery, long now)
    {
        var telling = new Telling
        {
            Key = delivery.Key, Channel = delivery.Channel, At = now, Attempts = delivery.Attempts, Error = delivery.Error,
            IsUndelivered = delivery.IsUndelivered, Notices = [.. delivery.Notices.Select(static n => new ToldNotice(n.Episode, n.Kind, n.Number))],
        };
        List<DocumentChange> changes = [new(NoticeDocuments.Telling, telling.Key, DocumentJson.Write(telling))];
        lock (_gate)
        {
            Put_NeedsLock(telling);
            while (_notices > MaxNotices && _order.Count > 1)
            {
                var oldest = _order.Min.Key;
                Drop_NeedsLock(oldest);
                changes.Add(new(NoticeDocuments.Telling, oldest, null));
            }
        }

        return changes;
    }

    private void Put_NeedsLock(Telling telling)
    {
        // A delivery that was given up and taken up again ends twice: the later end stands.
        Drop_NeedsLock(telling.Key);
        _byKey[telling.Key] = telling;
        _order.Add((telling.At, telling.Key));
        _notices += telling.Notices.Count;
        if (_lastByChannel.GetValueOrDefault(telling.Channel) is not { } last || last.At <= telling.At) _lastByChannel[telling.Channel] = telling;
        foreach (var episode in telling.Notices.Select(static notice => notice.Episode).Distinct(StringComparer.Ordinal))
        {
            if (!_byEpisode.TryGetValue(episode, out var keys)) _byEpisode[episode] = keys = [];
            keys.Add(telling.Key);
        }
    }

    private void Drop_NeedsLock(string key)
    {
        if (!_byKey.Remove(key, out var telling)) return;
        _order.Remove((telling.At, key));
        _notices -= telling.Notices.Count;
        if (_lastByChannel.GetValueOrDefault(telling.Channel) == telling) _lastByChannel.Remove(telling.Channel);
        foreach (var episode in telling.Notices.Select(static notice => notice.Episode).Distinct(StringComparer.Ordinal))
        {
            var keys = _byEpisode[episode];
            keys.Remove(key);
            if (keys.Count == 0) _byEpisode.Remove(episode);
        }
    }
}
