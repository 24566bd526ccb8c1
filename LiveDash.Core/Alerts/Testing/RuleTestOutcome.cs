using LiveDash.Core.Rules.Files;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>How the tests of a file ended. Immutable.</summary>
/// <param name="Tests">Each test, in the order of the file.</param>
/// <param name="Faults">What cannot be read, by line; where there is any, nothing was run.</param>
public sealed record RuleTestOutcome(IReadOnlyList<RuleTestVerdict> Tests, IReadOnlyList<RuleFileFault> Faults)
{
    /// <summary>True where the file could be read and all tests passed.</summary>
    public bool Passed => Faults.Count == 0 && Tests.All(static test => test.Passed);
}
