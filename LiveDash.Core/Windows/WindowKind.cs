namespace LiveDash.Core.Windows;

/// <summary>How a window chooses the points that count now.</summary>
public enum WindowKind
{
    /// <summary>The last N points by event time.</summary>
    Count,

    /// <summary>The points of <c>(now - T, now]</c>.</summary>
    Time,

    /// <summary>The points of the bucket that holds now: <c>[k T, (k + 1) T)</c>, counted from the epoch of UTC ticks.</summary>
    Tumbling,

    /// <summary>Buckets of size T that start every hop; of those the one that ends next.</summary>
    Hopping,

    /// <summary>The points since the last silence longer than the gap.</summary>
    Session,
}
