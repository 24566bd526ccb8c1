namespace LiveDash.Core.Jobs.Schedules;

/// <summary>The newest image of a scheduled plot. Immutable.</summary>
/// <param name="Tag">Names the bytes; equal tags have equal bytes. Lower-case hexadecimal.</param>
/// <param name="MadeAt">When it was drawn, in UTC ticks.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Bytes">The PNG, or null where memory holds as much as it may and the store has to be asked.</param>
public sealed record PlotImage(string Tag, long MadeAt, int Length, byte[]? Bytes);
