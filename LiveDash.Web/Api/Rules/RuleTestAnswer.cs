using LiveDash.Core.Alerts.Testing;

namespace LiveDash.Web.Api.Rules;

/// <summary>What <c>POST /api/rules/test</c> answers.</summary>
/// <param name="Passed">True where all tests passed.</param>
/// <param name="Tests">Each test, in the order of the file: its name and line, whether it passed, and what was expected and is not so.</param>
internal sealed record RuleTestAnswer(bool Passed, IReadOnlyList<RuleTestVerdict> Tests)
{
    public static RuleTestAnswer From(RuleTestOutcome outcome) => new(outcome.Passed, outcome.Tests);
}
