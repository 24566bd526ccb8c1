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
            // Behind what waits already: it is news of the past, and must not hold up what came since.
            var next = delivery.IsUndelivered
                ? delivery with { IsUndelivered = false, IsTakenUp = true, MadeAt = now, NextAt = now, Sequence = Interlocked.Increment(ref _sequence) }
                : delivery with { NextAt = now };
            await documents.ApplyAsync([new(NoticeDocuments.Delivery, key, NoticeDocuments.Write(next))], cancellationToken);
            if (_deliveries.TryUpdate(key, next, delivery)) return true;
        }

        // It arrived meanwhile; what was just kept of it must go.
        await documents.ApplyAsync([new(NoticeDocuments.Delivery, key, null)], cancellationToken);
        return false;
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
}
