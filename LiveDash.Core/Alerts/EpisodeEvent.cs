namespace LiveDash.Core.Alerts;

/// <summary>One line of an episode's history. Immutable.</summary>
/// <param name="At">When, in UTC ticks: event time for what points did, the wall clock for what people did.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Value">The figure then; null where there is none.</param>
/// <param name="Detail">A severity, a reason, a person; null where there is nothing to add.</param>
/// <param name="Cause">Why the alert fired then.</param>
/// <param name="Text">The state then; null where the figure is a number.</param>
public sealed record EpisodeEvent(long At, AlertEventKind Kind, double? Value, string? Detail, AlertCause Cause = AlertCause.Breach, string? Text = null);
