namespace LiveDash.Core.Engine;

/// <summary>The newest point of a series.</summary>
/// <param name="Time">Its event time in UTC ticks: the latest seen, so a late point does not replace it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Received">How many points the engine has received for the series since the start.</param>
/// <param name="ArrivedAt">When the last one arrived, in UTC ticks of the wall clock; 0 where it was read from the store.</param>
/// <param name="Clock">The latest event time that is not ahead of the server's clock, in UTC ticks; 0 where there is none.</param>
public readonly record struct SeriesReading(long Time, double Value, long Received, long ArrivedAt, long Clock = 0);
