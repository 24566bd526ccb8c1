namespace LiveDash.Core.Ingestion;

/// <summary>The queue, or the source's share of it, has no room: HTTP answers 429, TCP stops reading, UDP counts a drop.</summary>
public sealed class QueueFullException(string message) : Exception(message)
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
