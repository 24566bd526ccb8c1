namespace LiveDash.Core.Alerts;

/// <summary>What moves of an alert between its transitions, and is kept so that a restart goes on where it stood. Immutable.</summary>
/// <param name="Elapsed">How long the running <c>for</c> or <c>keep</c> has held, in ticks; outages excluded.</param>
/// <param name="LastAt">The event time up to which that was counted, in UTC ticks: no stretch counts twice.</param>
/// <param name="Value">The figure judged last; NaN where there is none.</param>
/// <param name="Peak">The worst figure of the open episode; NaN where there is none.</param>
public readonly record struct AlertClock(long Elapsed, long LastAt, double Value, double Peak);
