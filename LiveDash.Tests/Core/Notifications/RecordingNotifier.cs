using System.Collections.Concurrent;
using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>A notifier that answers what the test says and remembers what it was given.</summary>
internal sealed class RecordingNotifier(Func<Delivery, CancellationToken, Task<NotifyResult>>? answer = null) : INotifier
{
    public ConcurrentQueue<Delivery> Sent { get; } = new();

    public IReadOnlyList<string> Kinds { get; } = ["log"];

    public Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        Sent.Enqueue(delivery);
        return answer is null ? Task.FromResult(NotifyResult.Delivered) : answer(delivery, cancellationToken);
    }
}
