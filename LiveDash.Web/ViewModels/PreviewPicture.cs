using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>What the script draws of a preview. Immutable; times are epoch milliseconds.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Width">How long a pixel column is.</param>
/// <param name="Unit">What the figure measures, as js/format.js knows it.</param>
/// <param name="Lines">The figure judged, by series.</param>
/// <param name="Raw">The series themselves, where they measure the same.</param>
/// <param name="Episodes">The episodes to shade.</param>
public sealed record PreviewPicture(
    double From, double To, double Width, string Unit, IReadOnlyList<PreviewTraceLine> Lines, IReadOnlyList<PreviewTraceLine> Raw, IReadOnlyList<ChartMark> Episodes)
{
    /// <summary>How many pixel columns there are.</summary>
    public const int Columns = 500;

    /// <summary>How many episodes are shaded.</summary>
    public const int MaxEpisodes = 200;

    /// <summary>Makes it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="range">The history.</param>
    /// <param name="result">What the preview found.</param>
    /// <param name="raw">The series themselves; may be empty.</param>
    public static PreviewPicture Of(RuleModel rule, TimeRange range, PreviewResult result, IReadOnlyList<PreviewLine> raw)
    {
        var width = Math.Max(1, (range.To - range.From) / Columns);
        var unit = AlertFigure.UnitOf(rule.Driver);
        var (lines, behind) = (result.Lines, raw);
        if (raw.Count > 0 && SeriesKey.TryParse(raw[0].Series, out var key) && (rule.Driver is Anomaly || ValueFormat.UnitOf(key!) != unit))
        {
            // On one axis a score, or what is measured otherwise, would be a line along zero: of an anomaly the series tell, of all else the figure.
            if (rule.Driver is Anomaly) (lines, unit) = (raw, ValueFormat.UnitOf(key!));
            behind = [];
        }

        return new(
            Milliseconds(range.From), Milliseconds(range.To), width / (double)TimeSpan.TicksPerMillisecond, ValueFormat.ScriptName(unit),
            [.. lines.Select(line => PreviewTraceLine.Of(line.Series, line.Columns, range.From, width))],
            [.. behind.Select(line => PreviewTraceLine.Of(line.Series, line.Columns, range.From, width))],
            [.. result.Episodes.Take(MaxEpisodes).Select(static e => new ChartMark(
                "", Milliseconds(e.From), e.Resolved ? Milliseconds(e.To) : null, SeverityWords.Class(e.Severity), $"{e.Series}: {EpisodeWords.Length(e.To - e.From)}"))]);
    }

    /// <summary>True where the series themselves belong on the chart beside the figure.</summary>
    public static bool ShowsRaw(RuleModel rule) => rule.Driver is not Comparison comparison || comparison.Aggregate.Kind
        is AggregateKind.Mean or AggregateKind.Min or AggregateKind.Max or AggregateKind.First or AggregateKind.Percentile or AggregateKind.Ewma
        or AggregateKind.TimeWeightedMean or AggregateKind.Forecast or AggregateKind.ForecastLow or AggregateKind.ForecastHigh
        || (comparison.Aggregate.Kind == AggregateKind.Last && comparison.Window.Points != 1);

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
