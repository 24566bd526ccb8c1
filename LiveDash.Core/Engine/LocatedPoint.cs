namespace LiveDash.Core.Engine;

/// <summary>A point with a location: event time in UTC ticks, and where.</summary>
public readonly record struct LocatedPoint(long Time, double X, double Y);
