using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Notifications;

// How notices become deliveries, and deliveries go out: many at once, those of one alert one after the other.
public sealed partial class NotificationDispatcher
{
    /// <summary>How many deliveries are kept by one transaction.</summary>
    private const int FormedTogether = 500;

    // What cannot be kept is tried again with the next step, and holds up no other.
    private async Task FormDueAsync(long now, CancellationToken cancellationToken)
    {
        IOException? fault = null;
        foreach (var groups in outbox.TakeDue((channel, rule, planned) => now - planned >= WaitOf(channel, rule, now).Ticks, options.MaxGroup).Chunk(FormedTogether))
        {
            try
            {
                await FormAsync(groups, now, cancellationToken);
            }
            catch (IOException e)
            {
                fault = e;
            }
        }

        if (fault is not null) LogNotKept(logger, fault);
    }

    private async Task FormAsync(IReadOnlyList<IReadOnlyList<Notice>> groups, long now, CancellationToken cancellationToken)
    {
        var deliveries = groups.Select(notices => new Delivery
        {
            Key = KeyOf(notices), Channel = notices[0].Channel, RuleId = notices[0].RuleId, Notices = notices, Sequence = Interlocked.Increment(ref _sequence), MadeAt = now, NextAt = now,
        }).ToList();
        List<DocumentChange> changes =
        [
            .. groups.SelectMany(static notices => notices).Select(static n => new DocumentChange(NoticeDocuments.Notice, n.Key, null)),
            .. deliveries.Select(static delivery => new DocumentChange(NoticeDocuments.Delivery, delivery.Key, DocumentJson.Write(delivery))),
        ];
        try
        {
            await documents.ApplyOwedAsync(changes, cancellationToken);
            // Of notices that were let go before they were kept, which would otherwise be kept after they have left.
            alerts.TakeBack(NoticeDocuments.Notice, groups.SelectMany(static notices => notices).Select(static n => n.Key));
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            // Better told twice than not at all: it goes out of memory, and is kept once the store takes it.
            foreach (var channel in deliveries.Select(static delivery => delivery.Channel).Distinct(StringComparer.Ordinal)) LogUnkept(logger, channel, e.Message);
            alerts.Keep(keep =>
            {
                foreach (var change in changes) keep(change.Kind, change.Id, change.Body);
            });
        }
        catch
        {
            outbox.PutBack([.. groups.SelectMany(static notices => notices)]);
            throw;
        }

        foreach (var delivery in deliveries)
        {
            _lastMade[(delivery.Channel, delivery.RuleId)] = now;
            _deliveries[delivery.Key] = delivery;
        }
    }

    private static string KeyOf(IReadOnlyList<Notice> notices) => notices.Count == 1
        ? notices[0].Key
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', notices.Select(static n => n.Key)))).AsSpan(0, 16));

    // News of one alert keeps its order: what waits for another try holds up what came later of the same alerts, and nothing else.
    private void PickUp(long now, CancellationToken cancellationToken)
    {
        foreach (var group in _deliveries.Values.Where(static d => !d.IsUndelivered).GroupBy(static d => d.Channel))
        {
            var lane = _lanes.GetOrAdd(group.Key, static _ => new ChannelLane());
            if (lane.IsFull) continue;
            var ahead = new HashSet<string>(StringComparer.Ordinal);
            foreach (var delivery in group.OrderBy(static d => d.Sequence))
            {
                var isNext = true;
                foreach (var notice in delivery.Notices) isNext &= ahead.Add(notice.AlertId);
                if (!isNext || delivery.NextAt > now || _inFlight.ContainsKey(delivery.Key)) continue;
                // It may have arrived since the list was made, and left both: then it must not be sent again.
                if (!_deliveries.TryGetValue(delivery.Key, out var current) || current.NextAt > now || current.IsUndelivered) continue;
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (!_inFlight.TryAdd(delivery.Key, done.Task)) continue;
                lane.Pick();
                var (before, begun) = lane.QueueStart();
                _ = SendAsync(delivery.Key, lane, before, begun, done, cancellationToken);
                if (lane.IsFull) break;
            }
        }
    }

    private async Task SendAsync(
        string key, ChannelLane lane, Task before, TaskCompletionSource begun, TaskCompletionSource done, CancellationToken cancellationToken)
    {
        // The step goes on to the other channels.
        await Task.Yield();
        // Many go at once, and still they set out in the order they were made.
        await before;
        try
        {
            await lane.WaitAsync(cancellationToken);
            try
            {
                var sending = SendNowAsync(key, cancellationToken);
                begun.TrySetResult();
                await sending;
            }
            finally
            {
                lane.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Not known whether it arrived: it is sent again with the same key after the next start.
        }
        catch (Exception e)
        {
            LogNotKept(logger, e);
        }
        finally
        {
            begun.TrySetResult();
            _inFlight.TryRemove(key, out _);
            if (lane.Leave()) PickMore();
            done.SetResult();
        }
    }

    private async Task SendNowAsync(string key, CancellationToken cancellationToken)
    {
        if (!_deliveries.TryGetValue(key, out var delivery) || delivery.IsUndelivered) return;
        delivery = delivery with { Notices = [.. delivery.Notices.Where(notice => IsNews(delivery, notice))] };
        if (delivery.Notices.Count == 0)
        {
            Drop(delivery);
            return;
        }

        var channel = channels.Find(delivery.Channel);
        var result = channel is null
            ? NotifyResult.Refused($"There is no channel '{delivery.Channel}'.")
            : await AttemptAsync(channel, delivery, cancellationToken);
        await RecordAsync(delivery, result, cancellationToken);
    }

    private void PickMore()
    {
        try
        {
            if (_more.CurrentCount == 0) _more.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just asked.
        }
    }
}
