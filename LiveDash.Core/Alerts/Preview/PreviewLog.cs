using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>Collects the episodes of a preview. Used by one preview alone.</summary>
internal sealed class PreviewLog(int capacity) : IAlertLog
{
    private readonly Dictionary<string, AlertTransition> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveFigures> _figures = new(StringComparer.Ordinal);
    private readonly List<PreviewEpisode> _episodes = [];
    private int _total;

    /// <inheritdoc/>
    public KeptAlert? Recall(string alertId, LiveFigures live)
    {
        _figures[alertId] = live;
        return null;
    }

    /// <inheritdoc/>
    public void Follow(string alertId, AlertClock clock)
    {
        // A preview ends with its run: nothing is kept.
    }

    /// <inheritdoc/>
    public void NoteSilence(string series, long quiet)
    {
        // As above.
    }

    /// <inheritdoc/>
    public long RecallSilence(string series) => 0;

    /// <summary>The figures of an alert that is judged; null where there is none.</summary>
    public LiveFigures? FiguresOf(string alertId) => _figures.GetValueOrDefault(alertId);

    /// <summary>What is open now.</summary>
    public IEnumerable<AlertTransition> Open => _open.Values;

    /// <summary>True while no alert is pending, firing or recovering; only where there is one alert at most.</summary>
    public bool IsInactive { get; private set; } = true;

    /// <inheritdoc/>
    public void Post(AlertTransition transition)
    {
        IsInactive = transition.State == AlertState.Inactive;
        if (transition.Kind == AlertEventKind.Fired) _open[transition.AlertId] = transition;
        // An episode is told by the highest severity it has had, like one that is kept.
        if (transition.Kind == AlertEventKind.SeverityChanged && _open.TryGetValue(transition.AlertId, out var open) && transition.Severity > open.Severity)
        {
            _open[transition.AlertId] = open with { Severity = transition.Severity };
        }

        if (transition.Kind == AlertEventKind.Resolved && _open.Remove(transition.AlertId, out var fired))
        {
            Add(transition with { Severity = fired.Severity, FiredAt = fired.FiredAt }, transition.At, isResolved: true);
        }
    }

    /// <summary>Ends at a time; what is still open then stays unresolved.</summary>
    public (IReadOnlyList<PreviewEpisode> Episodes, int Total) End(long at)
    {
        foreach (var open in _open.Values) Add(open, at, isResolved: false);
        _open.Clear();
        return ([.. _episodes.OrderBy(static e => e.From)], _total);
    }

    private void Add(AlertTransition transition, long to, bool isResolved)
    {
        _total++;
        if (_episodes.Count == capacity) return;
        // An open episode goes on in its live figures, a resolved one has left them.
        var peak = isResolved ? transition.Peak : transition.Live.Peak;
        _episodes.Add(new PreviewEpisode(
            transition.Series.ToString(), transition.FiredAt, to, double.IsFinite(peak) ? peak : null, transition.Severity, isResolved)
        {
            Why = isResolved ? transition.Why : transition.Live.Why,
        });
    }
}
