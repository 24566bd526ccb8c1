namespace LiveDash.Web.ViewModels;

/// <summary>A line across a chart or sparkline. Immutable; the names are those the script reads.</summary>
/// <param name="Value">Where it lies.</param>
/// <param name="Severity">The css class of its colour: <c>crit</c>, <c>warn</c>, <c>info</c> or <c>ok</c>.</param>
/// <param name="Text">What it says at its left end.</param>
/// <param name="Below">True where the values below it are meant.</param>
public sealed record ChartThreshold(double Value, string Severity, string Text, bool Below);
