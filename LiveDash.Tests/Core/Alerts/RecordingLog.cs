using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// Writes down each transition as one line, and remembers what a restart would find; or hands all on to a book that does. Not thread-safe.
/// </summary>
internal sealed class RecordingLog : IAlertLog
{
    private readonly Dictionary<string, int> _episodes = new(StringComparer.Ordinal);

    private readonly Dictionary<string, AlertTransition> _last = new(StringComparer.Ordinal);

    /// <summary>The silences noted, by series.</summary>
    public Dictionary<string, long> Silences { get; } = new(StringComparer.Ordinal);

    public List<string> Lines { get; } = [];

    public List<AlertTransition> Transitions { get; } = [];

    /// <summary>What the judges of a restarted program are told.</summary>
    public Dictionary<string, KeptAlert> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Who keeps what is told; null to keep it here.</summary>
    public IAlertLog? Keeper { get; set; }

    public void Post(AlertTransition transition)
    {
        Keeper?.Post(transition);
        Transitions.Add(transition);
        if (transition.Episode is { } id) _episodes.TryAdd(id, _episodes.Count + 1);
        Lines.Add(Line(
            transition.At, transition.Series.ToString(), transition.Kind, transition.State, transition.Episode is { } e ? _episodes[e] : 0,
            transition.Severity, transition.Value, transition.Reason));
        if (transition.State == AlertState.Inactive)
        {
            Kept.Remove(transition.AlertId);
            return;
        }

        _last[transition.AlertId] = transition;
        Kept[transition.AlertId] = KeptAlert.Of(transition, transition.Clock);
    }

    public void Follow(string alertId, AlertClock clock)
    {
        Keeper?.Follow(alertId, clock);
        Kept[alertId] = KeptAlert.Of(_last[alertId], clock);
    }

    public void NoteSilence(string series, long quiet)
    {
        Keeper?.NoteSilence(series, quiet);
        Silences[series] = quiet;
    }

    public long RecallSilence(string series) => Keeper is null ? Silences.GetValueOrDefault(series) : Keeper.RecallSilence(series);

    public KeptAlert? Recall(string alertId, LiveFigures live) => Keeper is null ? Kept.GetValueOrDefault(alertId) : Keeper.Recall(alertId, live);

    public static string Line(
        long at, string series, AlertEventKind kind, AlertState state, int episode, LiveDash.Core.Rules.Severity severity, double value, string? reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{at} {series} {kind} {state} #{episode} {severity} {value:R} {reason}");
}
