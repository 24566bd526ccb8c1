namespace LiveDash.Web.ViewModels;

/// <summary>One line of an episode's timeline: something that happened to the alert, or a channel that was told of it. Immutable.</summary>
/// <param name="At">When, in UTC ticks.</param>
/// <param name="Mark">The css class of its mark: an event's kind, or <c>told</c>, <c>untold</c> or <c>telling</c>.</param>
/// <param name="Text">What happened.</param>
/// <param name="Detail">What there is to add, such as why a channel did not take it; null for nothing.</param>
/// <param name="NextAt">When it is tried again, in UTC ticks; null for never.</param>
public sealed record TimelineEntry(long At, string Mark, string Text, string? Detail = null, long? NextAt = null);
