using LiveDash.Core.Detection;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts;

/// <summary>
/// What is said of an alert, in notices, in the banner, in lists and in the history: one place, so that all say the same, and none a comparison that does
/// not hold. Stateless, so safe on any thread.
/// </summary>
public static class AlertWords
{
    /// <summary>Why an alert fires, such as <c>at 92 %, by mean(cpu.load, 30s) &gt; 80</c> or <c>no data came for 5m</c>.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="figure">The figure with its unit.</param>
    /// <param name="expression">The rule's text.</param>
    /// <param name="staleAfter">After how long a series counts as silent.</param>
    /// <param name="why">What is strange, in words; null where the figure says enough.</param>
    public static string Because(AlertCause cause, string figure, string expression, TimeSpan staleAfter, string? why = null) => cause switch
    {
        AlertCause.NoData => $"no data came for {DurationText.Format(staleAfter)}",
        AlertCause.Error => "it could not be judged three times in a row",
        _ => why is null ? $"at {figure}, by {expression}" : $"{why}, by {expression}",
    };

    /// <summary>A figure that is a time, in its two largest units, such as <c>3 d 1 h</c>; null for any other.</summary>
    public static string? Duration(SeriesCondition condition, double seconds) =>
        condition is Absent or Forecasted { Kind: ForecastFigure.TimeTo } && seconds is >= 0 and < 1e9 ? TimeToValue.Say(TimeSpan.FromSeconds(seconds)) : null;

    /// <summary>How an episode began, in a word or two behind its severity; empty where its condition came to hold, as is usual.</summary>
    public static string Began(AlertCause cause) => cause switch
    {
        AlertCause.NoData => "no data",
        AlertCause.Error => "cannot be judged",
        _ => "",
    };

    /// <summary>Why an episode ended.</summary>
    public static string Reason(string? reason, AlertCause cause = AlertCause.Breach) => reason switch
    {
        "cleared" => cause switch
        {
            AlertCause.NoData => "data comes again and is within bounds",
            AlertCause.Error => "it can be judged again and is within bounds",
            _ => "back within bounds",
        },
        "missing" => "the series sends nothing any more",
        "nodata" => "none of its series sends anything",
        "error" => "it cannot be judged",
        "edited" => "the rule means something else now",
        "paused" => "the rule was paused",
        "deleted" => "the rule was deleted",
        null or "" => "over",
        _ => reason,
    };
}
