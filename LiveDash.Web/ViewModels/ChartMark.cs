namespace LiveDash.Web.ViewModels;

/// <summary>One episode as a chart marks it. Immutable; the names are those the script reads.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="From">When it fired, in epoch milliseconds.</param>
/// <param name="To">When it was resolved; null while it goes on.</param>
/// <param name="Severity">The css class of its severity.</param>
/// <param name="Text">What it says under the pointer.</param>
public sealed record ChartMark(string Episode, double From, double? To, string Severity, string Text);
