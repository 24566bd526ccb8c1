namespace LiveDash.Core.Rules;

/// <summary>What is wrong with a rule, and where. Immutable.</summary>
/// <param name="Field">The field as JSON spells it, such as <c>expr</c>.</param>
/// <param name="Position">How many characters of the field's text stand before the fault, from 0; null where the whole field is meant.</param>
/// <param name="Detail">What is wrong and what would be right, in a sentence.</param>
public sealed record RuleFault(string Field, int? Position, string Detail);
