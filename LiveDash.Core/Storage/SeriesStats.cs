namespace LiveDash.Core.Storage;

/// <summary>What a store knows of one series: how many points, and the first and last event time in UTC ticks.</summary>
public readonly record struct SeriesStats(int Series, long Count, long First, long Last);
