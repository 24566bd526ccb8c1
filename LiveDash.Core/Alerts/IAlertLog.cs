namespace LiveDash.Core.Alerts;

/// <summary>Where judges tell what happened, and ask what was kept. Thread-safe; must not wait, for a shard calls it.</summary>
public interface IAlertLog
{
    /// <summary>Takes one change of an alert; those of one alert come in order.</summary>
    void Post(AlertTransition transition);

    /// <summary>What is remembered of an alert that is not judged yet; null for nothing. The figures are then followed by the judge.</summary>
    KeptAlert? Recall(string alertId, LiveFigures live);
}
