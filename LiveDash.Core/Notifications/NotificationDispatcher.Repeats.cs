using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Notifications;

// What a true Alertmanager needs: it takes an alert for over when nobody has told it for a while, so what fires is told again each minute.
public sealed partial class NotificationDispatcher
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);
    private bool _repeatsFail;

    /// <summary>Tells each channel of the kind <c>alertmanager</c> again what it knows to fire. Nothing of it is kept: a minute later it is told again anyway.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public Task RepeatAsync(long now, CancellationToken cancellationToken) =>
        Task.WhenAll(channels.Channels.Where(static channel => channel.Kind == "alertmanager").Select(channel => RepeatAsync(channel, now, cancellationToken)));

    private async Task RepeatAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RepeatEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            loop.Turn();
            await RepeatAsync(time.GetUtcNow().UtcTicks, stoppingToken);
        }
    }

    private async Task RepeatAsync(ChannelConfig channel, long now, CancellationToken cancellationToken)
    {
        if (outbox.ToldBy(channel.Name).Count == 0) return;
        var lane = _lanes.GetOrAdd(channel.Name, static _ => new ChannelLane());
        // With nothing else on its way: told to be over and then, late, to fire, an alert would stand there for minutes.
        await lane.WaitForAllAsync(cancellationToken);
        try
        {
            var open = alerts.List().Where(static alert => alert.IsOpen).ToDictionary(static alert => alert.Id, StringComparer.Ordinal);
            var repeats = outbox.ToldBy(channel.Name)
                .Where(told => open.TryGetValue(told.AlertId, out var alert) && alert.Episode == told.Episode && !journal.WasNeverTold(told.Episode, told.Channel))
                .Select(told => Outbox.Repeat(open[told.AlertId], told, now));
            foreach (var notices in repeats.Chunk(options.MaxGroup))
            {
                var delivery = new Delivery { Key = KeyOf(notices), Channel = channel.Name, RuleId = notices[0].RuleId, Notices = notices, Sequence = 0, MadeAt = now };
                var result = await AttemptAsync(channel, delivery, cancellationToken);
                if (result.Outcome != NotifyOutcome.Delivered && !_repeatsFail) LogNotRepeated(logger, channel.Name, result.Detail);
                _repeatsFail = result.Outcome != NotifyOutcome.Delivered;
                if (_repeatsFail) return;
            }
        }
        finally
        {
            lane.ReleaseAll();
        }
    }

    [LoggerMessage(4106, LogLevel.Warning, "Channel '{Channel}' could not be told again what fires; it is tried each minute, and the next failures in a row are not logged: {Detail}")]
    private static partial void LogNotRepeated(ILogger logger, string channel, string? detail);
}
