namespace LiveDash.Core.Alerts.Books;

/// <summary>How long a series that must not be absent has been silent, as it is kept over a restart. Immutable.</summary>
/// <param name="Quiet">The silence that was seen, in ticks: the time in which nobody listened is none.</param>
public sealed record KeptSilence(long Quiet);
