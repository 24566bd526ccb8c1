using Plotly.Blazor;

namespace LiveDash.Web.Components.Exploring;

/// <summary>One panel of statistics: a typed figure, and the table of its values for whoever does not see it. Immutable.</summary>
/// <param name="Title">What the panel is called.</param>
/// <param name="Says">What it shows, in a sentence.</param>
/// <param name="Traces">What is drawn.</param>
/// <param name="Layout">Axes and legend.</param>
/// <param name="Head">The table's columns.</param>
/// <param name="Rows">The table's rows.</param>
internal sealed record StatisticsFigure(string Title, string Says, IList<ITrace> Traces, Plotly.Blazor.Layout Layout, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);
