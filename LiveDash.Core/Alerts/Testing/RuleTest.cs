using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>One test: series, and what is expected of them. Times are ticks since the test's beginning, which is 1970. Immutable.</summary>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Interval">How far the points of its series are apart.</param>
/// <param name="Series">Its series, each with its values from the beginning on; null where there is no point, a stale marker where it ends.</param>
/// <param name="Alerts">Which alerts are expected.</param>
/// <param name="Samples">Which values of expressions are expected.</param>
public sealed record RuleTest(
    string Name, int Line, long Interval, IReadOnlyList<(LabelSet Labels, IReadOnlyList<double?> Values)> Series, IReadOnlyList<ExpectedAlerts> Alerts, IReadOnlyList<ExpectedSamples> Samples);
