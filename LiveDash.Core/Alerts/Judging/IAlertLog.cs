namespace LiveDash.Core.Alerts.Judging;

/// <summary>Where judges tell what happened, and ask what was kept. Thread-safe; must not wait, for a shard calls it.</summary>
public interface IAlertLog
{
    /// <summary>Takes one change of an alert; those of one alert come in order.</summary>
    void Post(AlertTransition transition);

    /// <summary>Takes how far the clocks of an alert have run since its last change, to be kept with the next transaction.</summary>
    void Follow(string alertId, AlertClock clock);

    /// <summary>Takes how long a series has been silent that must not be absent, to be kept with the next transaction; 0 once it sends again.</summary>
    void NoteSilence(string series, long quiet);

    /// <summary>How long a series had been silent before the start, in ticks; 0 where nothing is known.</summary>
    long RecallSilence(string series);

    /// <summary>The series of the alerts of a rule that are remembered and not judged yet.</summary>
    IReadOnlyList<string> RecallSeries(string ruleId) => [];

    /// <summary>What is remembered of an alert that is not judged yet; null for nothing. The figures are then followed by the judge.</summary>
    KeptAlert? Recall(string alertId, LiveFigures live);
}
