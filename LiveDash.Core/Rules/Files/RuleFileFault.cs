namespace LiveDash.Core.Rules.Files;

/// <summary>What is wrong in a rule file, and where. Immutable.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Rule">The rule's name; null where the whole file is meant.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
/// <param name="IsNote">True where the rule was read, but not all of it has an equivalent.</param>
public sealed record RuleFileFault(int Line, string? Rule, string Detail, bool IsNote = false);
