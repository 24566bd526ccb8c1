namespace LiveDash.Core.Live;

/// <summary>How a number is written: the number, its unit, what it is or between what it was, and over what time.</summary>
public readonly record struct StatText(string Number, string Unit, string Detail, string Over);
