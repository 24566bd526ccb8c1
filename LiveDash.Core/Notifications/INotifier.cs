namespace LiveDash.Core.Notifications;

/// <summary>
/// Sends notices of one or several kinds of channels; register another to be called back in code. Called by several tasks at once.
/// </summary>
public interface INotifier
{
    /// <summary>The kinds of channels it serves.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>Sends one delivery. May be called again with the same key when it is not known whether the last attempt arrived.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="delivery">What.</param>
    /// <param name="cancellationToken">Ends the attempt: its time is over, or the app stops.</param>
    Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken);
}
