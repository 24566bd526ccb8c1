using System.Globalization;
using LiveDash.Core.Engine;

namespace LiveDash.Web.ViewModels;

/// <summary>A line of the preview's chart as the script takes it: pixel columns by their number, values to seven digits. Immutable.</summary>
/// <param name="Label">The series.</param>
/// <param name="Index">The number of each column that holds something, from the chart's beginning.</param>
/// <param name="First">Its first value.</param>
/// <param name="Min">Its smallest value.</param>
/// <param name="Max">Its largest value.</param>
/// <param name="Last">Its last value.</param>
public sealed record PreviewTraceLine(
    string Label, IReadOnlyList<long> Index, IReadOnlyList<double> First, IReadOnlyList<double> Min, IReadOnlyList<double> Max, IReadOnlyList<double> Last)
{
    /// <summary>A line of columns of that width.</summary>
    public static PreviewTraceLine Of(string label, IReadOnlyList<ChartColumn> columns, long from, long width) => new(
        label,
        [.. columns.Select(c => (c.Start - from) / width)],
        [.. columns.Select(static c => Round(c.First))],
        [.. columns.Select(static c => Round(c.Min))],
        [.. columns.Select(static c => Round(c.Max))],
        [.. columns.Select(static c => Round(c.Last))]);

    private static double Round(double value) => double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
