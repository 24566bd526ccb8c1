namespace LiveDash.Web.Components.Sending;

/// <summary>What was refused since a page was opened. Immutable.</summary>
/// <param name="Reason">The reason's name.</param>
/// <param name="Count">How many.</param>
/// <param name="Detail">The newest in words, or null.</param>
public sealed record ArrivalFault(string Reason, long Count, string? Detail);
