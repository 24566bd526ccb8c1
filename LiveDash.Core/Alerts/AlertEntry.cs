namespace LiveDash.Core.Alerts;

/// <summary>What the book holds of one alert that is not inactive, or has changed of late. Guarded by the book's lock.</summary>
internal sealed class AlertEntry
{
    /// <summary>So many changes of an episode within <see cref="FlapTime"/> are flapping.</summary>
    private const int FlapChanges = 6;

    private static readonly long FlapTime = TimeSpan.FromMinutes(10).Ticks;

    private readonly Queue<long> _changes = new();

    public required AlertTransition Last { get; set; }

    public bool IsAcknowledged { get; set; }

    /// <summary>Takes note of a begin or end of an episode at a wall-clock time.</summary>
    public void Change(long now)
    {
        _changes.Enqueue(now);
        if (_changes.Count > FlapChanges) _changes.Dequeue();
    }

    /// <summary>Six changes within ten minutes flap, until ten minutes after the last.</summary>
    public bool IsFlapping(long now) =>
        _changes.Count == FlapChanges && _changes.Last() - _changes.Peek() <= FlapTime && now - _changes.Last() < FlapTime;

    /// <summary>True while it must be remembered though it is inactive.</summary>
    public bool HasRecentChange(long now) => _changes.Count > 0 && now - _changes.Last() < FlapTime;
}
