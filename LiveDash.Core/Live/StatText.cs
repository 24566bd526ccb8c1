namespace LiveDash.Core.Live;

/// <summary>How a stat panel says its value: the number, its unit, and a line below.</summary>
public readonly record struct StatText(string Number, string Unit, string Detail);
