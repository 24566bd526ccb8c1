namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Tries again what may or may not have been done, for as long as patience lasts. What is tried must come to the same however often it is done.
/// Used by the writer's thread; the count may be read by any.
/// </summary>
/// <param name="length">How long it lasts, asked each time.</param>
/// <param name="time">The clock.</param>
/// <param name="passes">True for a failure that may pass, or whose outcome is unknown.</param>
internal sealed class Patience(Func<TimeSpan> length, TimeProvider time, Func<Exception, bool> passes) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEventSlim _closing = new();
    private long _retries;

    /// <summary>How often something was tried again since the start.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Does it until it is done or refused, or patience ends: then the outcome is unknown.</summary>
    public void Insist(Action attempt)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                attempt();
                return;
            }
            catch (Exception e) when (passes(e) && !_closing.IsSet && time.GetElapsedTime(begun) < length())
            {
                Interlocked.Increment(ref _retries);
                _closing.Wait(s_pause);
            }
        }
    }

    /// <summary>Waits a moment; false once it was closed.</summary>
    public bool Pause(TimeSpan moment) => !_closing.Wait(moment);

    /// <summary>Ends all patience.</summary>
    public void Dispose() => _closing.Set();
}
