namespace LiveDash.Web.LiveView;

/// <summary>Takes frames to one browser.</summary>
public interface IFrameSink
{
    /// <summary>Sends a frame; completes when the browser has painted it.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="Microsoft.JSInterop.JSException">The page could not draw it.</exception>
    /// <exception cref="Microsoft.JSInterop.JSDisconnectedException">The circuit has ended.</exception>
    Task SendAsync(byte[] frame, CancellationToken cancellationToken);
}
