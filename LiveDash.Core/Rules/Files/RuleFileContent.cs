namespace LiveDash.Core.Rules.Files;

/// <summary>What a rule file says. Immutable.</summary>
/// <param name="Rules">The rules that can be read; each has an id.</param>
/// <param name="Faults">What cannot be read or has no equivalent here, by line.</param>
public sealed record RuleFileContent(IReadOnlyList<RuleConfig> Rules, IReadOnlyList<RuleFileFault> Faults);
