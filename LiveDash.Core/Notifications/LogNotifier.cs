using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Notifications;

/// <summary>Writes notices into the log. Thread-safe.</summary>
internal sealed partial class LogNotifier(ILogger<LogNotifier> logger) : INotifier
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["log"];

    /// <inheritdoc/>
    public Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        foreach (var notice in delivery.Notices) LogNotice(logger, channel.Name, notice.Kind, notice.Message);
        return Task.FromResult(NotifyResult.Delivered);
    }

    [LoggerMessage(4103, LogLevel.Warning, "[{Channel}] {Kind}: {Message}")]
    private static partial void LogNotice(ILogger logger, string channel, string kind, string message);
}
