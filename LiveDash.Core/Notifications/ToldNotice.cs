namespace LiveDash.Core.Notifications;

/// <summary>Which notice a delivery held. Immutable.</summary>
/// <param name="Episode">The episode it was about.</param>
/// <param name="Kind"><c>firing</c>, <c>severity</c>, <c>flapping</c> or <c>resolved</c>.</param>
/// <param name="Number">The how many-th of its kind in this episode and channel, from 1.</param>
public sealed record ToldNotice(string Episode, string Kind, int Number);
