namespace LiveDash.Core.Jobs;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Its name as the request spells it.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public readonly record struct FieldFault(string Field, string Message);
