using LiveDash.Core.Mongo;
using MongoDB.Driver;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>
/// Tries again what may or may not have been done, for as long as patience lasts. What is tried must come to the same however often it is done.
/// Used by the writer's thread; the count may be read by any.
/// </summary>
internal sealed class MongoPatience(MongoStoreOptions options, TimeProvider time) : IDisposable
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
            catch (Exception e) when (MongoTrouble.IsOurs(e) && !MongoTrouble.IsRefusal(e) && e is not MongoAuthenticationException && !_closing.IsSet && time.GetElapsedTime(begun) < options.Patience)
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
