namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>An expression in PromQL that a panel shows in the place of series, a line a label set. Immutable, so safe on any thread.</summary>
/// <param name="Text">The expression; 1 to <see cref="MaxText"/> characters. A text that cannot be read is kept, and the panel says what is wrong.</param>
/// <param name="Legend">What lines are called, <c>{{host}}</c> standing for a label's value; empty for the labels that differ. At most <see cref="MaxLegend"/> characters.</param>
/// <param name="Step">How far evaluations are apart, 1 second to 31 days; null for a pixel column.</param>
public sealed record PanelExpression(string Text, string Legend = "", TimeSpan? Step = null)
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaxText = 4_000;

    /// <summary>The longest template, in characters.</summary>
    public const int MaxLegend = 200;
}
