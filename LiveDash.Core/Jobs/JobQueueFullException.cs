namespace LiveDash.Core.Jobs;

/// <summary>As many jobs wait as may; HTTP answers 429.</summary>
public sealed class JobQueueFullException(string message) : InvalidOperationException(message);
