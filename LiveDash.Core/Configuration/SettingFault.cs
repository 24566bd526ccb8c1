namespace LiveDash.Core.Configuration;

/// <summary>What is wrong with one field of something a user edited. Immutable.</summary>
/// <param name="Field">The field as JSON spells it, such as <c>overrides[0].window</c>.</param>
/// <param name="Detail">What is wrong and what would be right, in a sentence, to stand beside the field.</param>
public sealed record SettingFault(string Field, string Detail);
