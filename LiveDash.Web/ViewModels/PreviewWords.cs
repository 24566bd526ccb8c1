using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Says what a preview found: how often, how long, how near. Pure.</summary>
public static class PreviewWords
{
    /// <summary>The answer in a sentence.</summary>
    public static string Answer(PreviewResult result) => result switch
    {
        { Series: 0 } => "No series of that name has sent anything yet.",
        { Points: 0, Total: 0 } => "Nothing was sent in this time.",
        { Total: 0 } => "Would not have fired.",
        { Total: 1 } => result.Episodes[0].Resolved ? "Would have fired once." : "Would have fired once, and be firing now.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Would have fired {result.Total:N0} times{Open(result)}."),
    };

    /// <summary>What to make of it: how long, how often, or how near it came; empty where there is nothing to say.</summary>
    public static string Detail(RuleModel rule, TimeRange range, PreviewResult result)
    {
        if (result.Total == 0) return Nearest(rule, result);
        var lengths = result.Episodes.Select(static e => e.To - e.From).ToList();
        var all = $"{EpisodeWords.Length(lengths.Sum())} in all";
        if (lengths.Count == 1) return $"For {EpisodeWords.Length(lengths[0])}.";
        var days = (range.To - range.From) / (double)TimeSpan.TicksPerDay;
        var daily = result.Total / days;
        var often = daily >= 1 && days >= 0.25 ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Round(daily):N0} a day") : "";
        return $"{all}, the longest {EpisodeWords.Length(lengths.Max())}{often}.";
    }

    /// <summary>What was done for it.</summary>
    public static string Effort(PreviewResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Of(result.Points, "point")} of {result.Series:N0} series judged in {Math.Max(1, result.Took.TotalMilliseconds):N0} ms, as they would have been live.");

    private static string Open(PreviewResult result)
    {
        var open = result.Episodes.Count(static e => !e.Resolved);
        return open == 0 ? "" : open == 1 ? ", and be firing now" : string.Create(CultureInfo.InvariantCulture, $", and be firing on {open:N0} series now");
    }

    private static string Nearest(RuleModel rule, PreviewResult result)
    {
        var columns = result.Lines.SelectMany(static l => l.Columns).ToList();
        if (columns.Count == 0 || rule.Driver is Absent or StateIs) return "";
        var unit = AlertFigure.UnitOf(rule.Driver);
        return rule.IsDownward
            ? $"The figure went down to {AlertFigure.Text(columns.Min(static c => c.Min), unit)}."
            : $"The figure went up to {AlertFigure.Text(columns.Max(static c => c.Max), unit)}.";
    }
}
