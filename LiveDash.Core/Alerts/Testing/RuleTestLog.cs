using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Core.Alerts.Testing;

/// <summary>Knows which alerts fire. Used by one test alone.</summary>
internal sealed class RuleTestLog : IAlertLog
{
    private readonly Dictionary<string, AlertTransition> _open = new(StringComparer.Ordinal);

    /// <summary>What fires, with its figures.</summary>
    public IReadOnlyCollection<AlertTransition> Open => _open.Values;

    /// <inheritdoc/>
    public void Post(AlertTransition transition)
    {
        if (transition.Kind == AlertEventKind.Fired) _open[transition.AlertId] = transition;
        if (transition.State == AlertState.Inactive) _open.Remove(transition.AlertId);
    }

    /// <inheritdoc/>
    public void Follow(string alertId, AlertClock clock)
    {
        // A test ends with its run: nothing is kept.
    }

    /// <inheritdoc/>
    public void NoteSilence(string series, long quiet)
    {
        // As above.
    }

    /// <inheritdoc/>
    public long RecallSilence(string series) => 0;

    /// <inheritdoc/>
    public KeptAlert? Recall(string alertId, LiveFigures live) => null;
}
