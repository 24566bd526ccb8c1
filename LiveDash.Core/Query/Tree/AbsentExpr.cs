using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Tree;

/// <summary>The series that had points and have had none for longer than a time: <c>absent(backup.done, 1d)</c>. It yields for how many seconds.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="After">For how long.</param>
public sealed record AbsentExpr(string Series, TimeSpan After) : SeriesExpr(Series)
{
    internal override string Text => $"absent({Series}, {DurationText.Format(After)})";
}
