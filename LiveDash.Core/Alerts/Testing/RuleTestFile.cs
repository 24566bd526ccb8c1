using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>A file of unit tests of rules, as promtool takes them (prometheus.io, "Unit testing for rules"). Immutable.</summary>
/// <param name="RuleFiles">The files whose rules in force are tested; empty for all rules in force.</param>
/// <param name="Rules">Rules that stand in the file itself.</param>
/// <param name="Interval">How far evaluations are apart, in ticks.</param>
/// <param name="Order">Names of groups that are evaluated first, in this order.</param>
/// <param name="Tests">The tests.</param>
/// <param name="Faults">What cannot be read, by line; where there is any, nothing is run.</param>
public sealed record RuleTestFile(
    IReadOnlyList<string> RuleFiles, IReadOnlyList<RuleConfig> Rules, long Interval, IReadOnlyList<string> Order, IReadOnlyList<RuleTest> Tests, IReadOnlyList<RuleFileFault> Faults);
