namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// A token bucket (RFC 2697 calls it a single rate meter): one second's worth may come at once, then so many a second. One reader owns it; not thread-safe.
/// </summary>
public sealed class RateGate(long perSecond, TimeProvider time)
{
    private double _tokens = perSecond;
    private long _last = time.GetTimestamp();

    /// <summary>Takes an amount that has come already; the answer is for how long to read nothing, zero where the rate is kept.</summary>
    public TimeSpan Take(long amount)
    {
        Refill();
        _tokens -= amount;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }

    /// <summary>Takes an amount if it is there; false, and nothing taken, where it is not.</summary>
    public bool TryTake(long amount)
    {
        Refill();
        if (_tokens < amount) return false;
        _tokens -= amount;
        return true;
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(perSecond, _tokens + time.GetElapsedTime(_last, now).TotalSeconds * perSecond);
        _last = now;
    }
}
