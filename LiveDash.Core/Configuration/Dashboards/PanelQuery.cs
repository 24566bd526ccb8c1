namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>What one entry of a chart's series shows in the place of what the panel shows. Immutable, so safe on any thread.</summary>
/// <param name="Aggregate">What stands for the points of a column, such as <c>max</c>; null for the panel's.</param>
/// <param name="Window">How long a column is at least, as the text of a window; null for the panel's.</param>
public sealed record PanelQuery(string? Aggregate = null, string? Window = null)
{
    /// <summary>One that shows what the panel shows.</summary>
    public static PanelQuery OfPanel { get; } = new();
}
