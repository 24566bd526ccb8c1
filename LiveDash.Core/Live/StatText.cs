namespace LiveDash.Core.Live;

/// <summary>How a number is written: the number, its unit, what it is or between what it was, and over what time; of a state its word alone, since the browser counts for how long it has lasted.</summary>
public readonly record struct StatText(string Number, string Unit, string Detail, string Over, bool IsState = false);
