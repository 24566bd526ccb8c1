namespace LiveDash.Core.Alerts.Judging;

/// <summary>What a step of judgement found.</summary>
public enum AlertInput
{
    /// <summary>The condition holds.</summary>
    Breach,

    /// <summary>The condition is gone.</summary>
    Clear,

    /// <summary>Between the threshold that fires and the one that clears.</summary>
    Band,

    /// <summary>There is nothing to judge: the window is not full, its figure undefined, or the series quiet.</summary>
    Missing,
}
