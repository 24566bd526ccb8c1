namespace LiveDash.Tests.Core.Alerts;

/// <summary>What happens at a step of a random history.</summary>
internal enum HistoryStepKind
{
    /// <summary>A second has passed.</summary>
    Tick,

    /// <summary>A point comes.</summary>
    Point,

    /// <summary>The program ends and begins anew.</summary>
    Restart,

    /// <summary>The rule gets the other of two thresholds.</summary>
    Edit,

    /// <summary>The rule gets another name.</summary>
    Rename,

    /// <summary>The rule is paused, or goes on.</summary>
    Pause,
}
