using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Tree;

/// <summary>How far the mean of a series over a window is from those of its peers, in robust standard deviations: <c>outlier(cpu.load{host=*}, 5m)</c>. Rules alone judge it.</summary>
/// <param name="Series">The pattern that chooses the peers.</param>
/// <param name="Window">Over which points the mean goes.</param>
public sealed record OutlierExpr(string Series, WindowSpec Window) : SeriesExpr(Series)
{
    /// <summary>What is too far where the text does not say.</summary>
    public const double UsualDistance = 5;

    internal override string Text => $"outlier({Series}, {Window})";
}
