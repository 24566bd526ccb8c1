using LiveDash.Core.Rules.Files;

namespace LiveDash.Web.Api.Rules;

/// <summary>What became of an imported file.</summary>
/// <param name="Imported">The ids of the rules that are in force now.</param>
/// <param name="Faults">What was not read, or not wholly, by line.</param>
internal sealed record RuleImportAnswer(IReadOnlyList<string> Imported, IReadOnlyList<RuleFileFault> Faults);
