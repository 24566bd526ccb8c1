using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>A rule to begin with: what is on screen, and a threshold a little beyond what it has been. Pure.</summary>
public static class RuleSuggestion
{
    /// <summary>The threshold where nothing is known.</summary>
    public const double Unknown = 80;

    private static readonly HashSet<string> s_trouble = new(["failed", "failure", "fault", "error", "stopped", "down", "off", "offline", "critical", "alarm", "unhealthy", "dead"], StringComparer.OrdinalIgnoreCase);
    private const string Figure = "mean";
    private const string Window = "30s";

    /// <summary>Where the editor opens with a rule on a series.</summary>
    /// <param name="series">The series or pattern.</param>
    /// <param name="aggregate">What is shown of it; null or the newest value for a steadier figure.</param>
    /// <param name="window">The window it is shown over; null for a short one.</param>
    public static string Address(string series, string? aggregate = null, string? window = null)
    {
        var address = $"rules/new?series={Uri.EscapeDataString(series)}";
        if (!string.IsNullOrWhiteSpace(aggregate)) address += $"&aggregate={Uri.EscapeDataString(aggregate)}";
        return string.IsNullOrWhiteSpace(window) ? address : $"{address}&over={Uri.EscapeDataString(window)}";
    }

    /// <summary>The rule's text.</summary>
    /// <param name="series">The series or pattern.</param>
    /// <param name="aggregate">The figure; one that cannot be read is left.</param>
    /// <param name="window">The window; one that cannot be read is left.</param>
    /// <param name="threshold">What it must be above.</param>
    public static string Text(string series, string? aggregate, string? window, double threshold)
    {
        // The newest value alone would fire on every spike.
        var figure = AggregateSpec.TryParse(aggregate ?? "", out var spec, out _) && spec!.Kind != AggregateKind.Last ? spec.ToString() : Figure;
        var over = WindowSpec.TryParse(window ?? "", out var known, out _) ? known!.ToString() : Window;
        return $"{figure}({series}, {over}) > {RuleFormLine.Number(threshold)} for 10s";
    }

    /// <summary>The rule's text for a series that sends too seldom to fill a window: each value is judged as it comes.</summary>
    public static string Sparse(string series, double threshold) => $"last({series}, 1) > {RuleFormLine.Number(threshold)}";

    /// <summary>The rule's text for a series of states: the one that most looks like trouble, else the one that came to be known last.</summary>
    /// <param name="series">The series or pattern.</param>
    /// <param name="texts">What it has been so far; at least one.</param>
    public static string State(string series, IReadOnlyList<string> texts)
    {
        var text = texts.FirstOrDefault(static text => s_trouble.Contains(text)) ?? texts[^1];
        return $"state({series}) == {ExprText.Quote(text)} for 10s";
    }

    /// <summary>
    /// A round number a tenth above the highest figure of a preview; null where it drew none. Of a share of a whole it is the first of 90, 95 and 99 % that
    /// leaves room above the highest; one that has been at 99 % or more is broken by it, and the preview beside it says whether it would fire now.
    /// </summary>
    /// <param name="lines">What the preview drew.</param>
    /// <param name="unit">What the figure measures.</param>
    public static double? Threshold(IReadOnlyList<PreviewLine> lines, ValueUnit unit)
    {
        var columns = lines.SelectMany(static line => line.Columns).ToList();
        if (columns.Count == 0) return null;
        var highest = columns.Max(static column => column.Max);
        // Of a hundred, what matters is how near it is to all.
        var full = unit switch { ValueUnit.Percent => 100, ValueUnit.Ratio => 1, _ => double.NaN };
        if (highest >= 0 && highest <= full) return highest < 0.85 * full ? 0.9 * full : highest < 0.95 * full ? 0.95 * full : 0.99 * full;
        if (highest == 0) return 1;
        return RoundUp(highest + (Math.Abs(highest) * 0.1));
    }

    // To two digits, upwards.
    private static double RoundUp(double value)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        return double.Parse((Math.Ceiling(value / step) * step).ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
    }
}
