namespace LiveDash.Core.Storage.Blocks;

/// <summary>What <see cref="RetentionClock"/> knows over a restart. Immutable; kept as JSON.</summary>
/// <param name="ArrivedAt">When the newest point arrived, by the wall clock in UTC ticks; 0 where it is not known.</param>
/// <param name="SeenAt">The wall clock when it was asked last, in UTC ticks; 0 where it never was.</param>
/// <param name="Wait">For how many ticks deleting by age still waits.</param>
internal sealed record RetentionMemory(long ArrivedAt, long SeenAt, long Wait);
