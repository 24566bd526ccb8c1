using LiveDash.Core.Storage;

namespace LiveDash.Core.Notifications;

// What people do with deliveries that wait or were given up.
public sealed partial class NotificationDispatcher
{
    /// <summary>
    /// Tries a delivery at once: one that waits for its next attempt, or one that was given up, which then is tried for as long as a new one would be.
    /// </summary>
    /// <returns>False where there is none of that key.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<bool> RetryAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (!_deliveries.ContainsKey(key)) return false;
        while (_deliveries.TryGetValue(key, out var delivery))
        {
            // What is on its way is being tried this moment.
            if (_inFlight.ContainsKey(key)) return true;
            var next = delivery.IsUndelivered ? TakeUp(delivery, now) : delivery with { NextAt = now };
            await documents.ApplyAsync([new(NoticeDocuments.Delivery, key, DocumentJson.Write(next))], cancellationToken);
            if (_deliveries.TryUpdate(key, next, delivery)) return true;
        }

        // It arrived meanwhile; what was just kept of it must go.
        await documents.ApplyAsync([new(NoticeDocuments.Delivery, key, null)], cancellationToken);
        return false;
    }

    /// <summary>Tries all that were given up, in the order they were made, for as long as new ones would be.</summary>
    /// <returns>How many they are.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<int> RetryAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        var pairs = Undelivered.OrderBy(static d => d.Sequence).Select(d => (Old: d, New: TakeUp(d, now))).ToList();
        await documents.ApplyAsync([.. pairs.Select(static pair => new DocumentChange(NoticeDocuments.Delivery, pair.New.Key, DocumentJson.Write(pair.New)))], cancellationToken);
        var changed = new List<DocumentChange>();
        // From the first on, so that a step between two of them finds none before its turn.
        foreach (var (old, next) in pairs)
        {
            if (_deliveries.TryUpdate(next.Key, next, old)) continue;
            // Somebody else forgot it or took it up meanwhile: that stands.
            changed.Add(new(NoticeDocuments.Delivery, next.Key, _deliveries.TryGetValue(next.Key, out var other) ? DocumentJson.Write(other) : null));
        }

        if (changed.Count > 0) await documents.ApplyAsync(changed, cancellationToken);
        return pairs.Count - changed.Count;
    }

    /// <summary>Forgets all that were given up; the history of their episodes goes on saying so.</summary>
    /// <returns>How many they were.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<int> ForgetAllAsync(CancellationToken cancellationToken)
    {
        var old = Undelivered.ToList();
        await documents.ApplyAsync([.. old.Select(static d => new DocumentChange(NoticeDocuments.Delivery, d.Key, null))], cancellationToken);
        return old.Count(delivery => _deliveries.TryRemove(new(delivery.Key, delivery)));
    }

    /// <summary>Forgets a delivery that was given up; the history of its episodes goes on saying so.</summary>
    /// <returns>False where none of that key was given up.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<bool> ForgetAsync(string key, CancellationToken cancellationToken)
    {
        if (!_deliveries.TryGetValue(key, out var delivery) || !delivery.IsUndelivered) return false;
        await documents.ApplyAsync([new(NoticeDocuments.Delivery, key, null)], cancellationToken);
        return _deliveries.TryRemove(new(key, delivery));
    }

    private IEnumerable<Delivery> Undelivered => _deliveries.Values.Where(static d => d.IsUndelivered);

    // Behind what waits already: it is news of the past, and must not hold up what came since.
    private Delivery TakeUp(Delivery delivery, long now) =>
        delivery with { IsUndelivered = false, IsTakenUp = true, MadeAt = now, NextAt = now, Sequence = Interlocked.Increment(ref _sequence) };
}
