namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Tells when an alert changes so often that each change is no news: from the sixth begin or end of an episode within ten minutes on, until none has
/// come for ten minutes. By the wall clock. Not thread-safe: its owner locks.
/// </summary>
internal sealed class FlapGauge
{
    /// <summary>So many changes within <see cref="Span"/> are flapping.</summary>
    public const int Changes = 6;

    /// <summary>Within what time they are, and how long it must be calm to be over.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    // At most Changes.
    private readonly Queue<long> _changes = new();
    private bool _isFlapping;

    public FlapGauge()
    {
    }

    /// <summary>Goes on from what was kept.</summary>
    public FlapGauge(KeptChanges kept)
    {
        foreach (var at in kept.At.TakeLast(Changes)) _changes.Enqueue(at);
        _isFlapping = kept.IsFlapping;
    }

    /// <summary>What is kept of it over a restart.</summary>
    public KeptChanges Kept => new([.. _changes], _isFlapping);

    /// <summary>Takes note of a begin or end of an episode.</summary>
    /// <returns>True when the alert flaps from this change on.</returns>
    public bool Change(long now)
    {
        if (IsOver(now)) Forget();
        _changes.Enqueue(now);
        if (_changes.Count > Changes) _changes.Dequeue();
        if (_isFlapping || _changes.Count < Changes || now - _changes.Peek() > Span.Ticks) return false;
        return _isFlapping = true;
    }

    /// <summary>True while it flaps.</summary>
    public bool IsFlapping(long now) => _isFlapping && !IsOver(now);

    /// <summary>True once nothing of it is worth remembering.</summary>
    // A clock that was set back must not make a change of a minute ago look like one of the future.
    public bool IsOver(long now) => _changes.Count == 0 || now < _changes.Last() || now - _changes.Last() >= Span.Ticks;

    private void Forget()
    {
        _changes.Clear();
        _isFlapping = false;
    }
}
