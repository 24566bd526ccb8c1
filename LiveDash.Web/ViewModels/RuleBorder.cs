namespace LiveDash.Web.ViewModels;

/// <summary>A line across the preview's chart that edits the rule when it is dragged. Immutable; the names are those the script reads.</summary>
/// <param name="Id">Which number of the rule: <c>0.threshold</c>, <c>0.low</c>, <c>0.high</c>, <c>clear</c> or <c>step.0</c>.</param>
/// <param name="Value">Where it lies.</param>
/// <param name="Kind">How it looks: a severity's css class, or <c>clear</c>.</param>
/// <param name="Label">What it is called.</param>
public sealed record RuleBorder(string Id, double Value, string Kind, string Label);
