namespace LiveDash.Web.Components.Sending;

/// <summary>What arrived since a page was opened. Immutable.</summary>
/// <param name="Series">The newest point's series.</param>
/// <param name="Value">Its value.</param>
/// <param name="Count">How many points in all.</param>
/// <param name="Source">By which source.</param>
/// <param name="State">The text of its value where it is a state; else null.</param>
public sealed record Arrival(string Series, double Value, long Count, string Source, string? State = null);
