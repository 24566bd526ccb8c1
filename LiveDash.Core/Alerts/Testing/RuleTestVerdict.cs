namespace LiveDash.Core.Alerts.Testing;

/// <summary>How one test ended. Immutable.</summary>
/// <param name="Name">The test's name; empty for none.</param>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Failures">What was expected and is not so; empty where it passed.</param>
public sealed record RuleTestVerdict(string Name, int Line, IReadOnlyList<string> Failures)
{
    /// <summary>True where all is as expected.</summary>
    public bool Passed => Failures.Count == 0;
}
