namespace LiveDash.Core.Alerts.Judging;

/// <summary>What all shards together know of one rule. All members are thread-safe.</summary>
public sealed class RuleState
{
    private int _instances;
    private int _fresh;
    private int _failing;
    private long _refused;
    private string? _meaning;
    private string? _lastError;
    private long _evaluatedAt;
    private long _took;

    /// <summary>How many series it is judged on.</summary>
    public int Instances => Volatile.Read(ref _instances);

    /// <summary>How many of them send points.</summary>
    public int Fresh => Volatile.Read(ref _fresh);

    /// <summary>How many series were refused because of <see cref="Model.Limits.MaxAlertsPerRule"/>.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Whether it can be judged.</summary>
    public AlertHealth Health =>
        Volatile.Read(ref _failing) > 0 || LastError is not null ? AlertHealth.Error
        : Refused > 0 ? AlertHealth.Limit
        : Fresh == 0 ? AlertHealth.NoData
        : AlertHealth.Ok;

    /// <summary>Why it could not be evaluated last; null where it could, or is judged point by point.</summary>
    public string? LastError
    {
        get => Volatile.Read(ref _lastError);
        internal set => Volatile.Write(ref _lastError, value);
    }

    /// <summary>How long its last evaluation took, in ticks, and when that was in UTC ticks; zeros where it is judged point by point.</summary>
    public (long At, long Took) Evaluated
    {
        get => (Interlocked.Read(ref _evaluatedAt), Interlocked.Read(ref _took));
        internal set
        {
            Interlocked.Exchange(ref _took, value.Took);
            Interlocked.Exchange(ref _evaluatedAt, value.At);
        }
    }

    internal bool TryAddInstance(int limit)
    {
        if (Interlocked.Increment(ref _instances) <= limit) return true;
        Interlocked.Decrement(ref _instances);
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>A rule that means something else now is matched anew: what it refused before says nothing of it.</summary>
    internal void Forget(string meaning)
    {
        if (Interlocked.Exchange(ref _meaning, meaning) != meaning) Interlocked.Exchange(ref _refused, 0);
    }

    internal void RemoveInstance() => Interlocked.Decrement(ref _instances);

    internal void AddFresh(int change) => Interlocked.Add(ref _fresh, change);

    internal void AddFailing(int change) => Interlocked.Add(ref _failing, change);
}
