using System.Globalization;
using LiveDash.Core.Alerts;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Writes down each transition as one line, and remembers what a restart would find. Not thread-safe.</summary>
internal sealed class RecordingLog : IAlertLog
{
    private readonly Dictionary<string, int> _episodes = new(StringComparer.Ordinal);

    public List<string> Lines { get; } = [];

    public List<AlertTransition> Transitions { get; } = [];

    /// <summary>What the judges of a restarted program are told.</summary>
    public Dictionary<string, KeptAlert> Kept { get; } = new(StringComparer.Ordinal);

    public void Post(AlertTransition transition)
    {
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

        Kept[transition.AlertId] = new KeptAlert
        {
            RuleId = transition.Rule.Id, Meaning = transition.Rule.Meaning, Series = transition.Series.ToString(), State = transition.State,
            ActiveAt = transition.ActiveAt, FiredAt = transition.FiredAt, Episode = transition.Episode, Severity = transition.Severity,
            Value = double.IsFinite(transition.Value) ? transition.Value : null, Peak = double.IsFinite(transition.Peak) ? transition.Peak : null,
        };
    }

    public KeptAlert? Recall(string alertId, LiveFigures live) => Kept.GetValueOrDefault(alertId);

    public static string Line(
        long at, string series, AlertEventKind kind, AlertState state, int episode, LiveDash.Core.Rules.Severity severity, double value, string? reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{at} {series} {kind} {state} #{episode} {severity} {value:R} {reason}");
}
