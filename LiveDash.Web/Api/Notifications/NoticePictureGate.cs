using LiveDash.Core.Jobs;

namespace LiveDash.Web.Api.Notifications;

/// <summary>
/// Lets strangers who hold addresses of pictures have <see cref="Places"/> of them drawn at a time, of the places that all small plots share: whoever asks and asks holds up no snapshot.
/// Thread-safe.
/// </summary>
internal sealed class NoticePictureGate
{
    /// <summary>How many are drawn, or wait to be drawn, among the plots of others.</summary>
    public const int Places = 2;

    /// <summary>How many may wait here; one more is told so.</summary>
    public const int MaxWaiting = 20;

    private readonly BoundedGate _gate = new(Places, MaxWaiting);

    /// <summary>Draws in its turn.</summary>
    /// <returns>The picture; null where too many wait.</returns>
    public Task<byte[]?> RunAsync(Func<Task<byte[]?>> draw, CancellationToken cancellationToken) => _gate.RunAsync(draw, cancellationToken);
}
