namespace LiveDash.Web.ViewModels;

/// <summary>A kind of plot as the form offers it.</summary>
/// <param name="Name">As a request spells it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Text">What it shows, in a few words.</param>
/// <param name="Fields">The fields of a request that matter to this kind and not to every kind.</param>
public sealed record PlotKindChoice(string Name, string Title, string Text, IReadOnlyList<string> Fields)
{
    /// <summary>Every kind, in the order offered.</summary>
    public static IReadOnlyList<PlotKindChoice> All { get; } =
    [
        new("line", "Line", "Values over time; with a bucket its mean and a band from least to greatest.", ["aggregate", "bucket", "log"]),
        new("scatter", "Scatter", "Every point a dot over time.", ["log"]),
        new("map", "Map", "Every located point at its place.", []),
        new("histogram", "Histogram", "How often each value came.", ["bins", "log"]),
        new("box", "Box by tag", "Median, quartiles and outliers for each value of a tag.", ["by", "log"]),
        new("bar-hour", "Bars by hour", "One bar for each hour of the day.", ["aggregate", "log"]),
        new("bar-tag", "Bars by tag", "One bar for each value of a tag.", ["aggregate", "by", "log"]),
        new("heatmap-week", "Heatmap of the week", "Hour of the day by day of the week.", ["aggregate"]),
        new("heatmap-grid", "Heatmap of places", "Located points in a grid of cells.", ["aggregate", "bins"]),
        new("correlation", "Correlation", "One series against another, with the fitted line.", ["bucket"]),
        new("sparkline", "Sparkline", "A small line without axes.", []),
    ];

    /// <summary>The kind of a name; the first where there is none.</summary>
    public static PlotKindChoice Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? All[0];
}
