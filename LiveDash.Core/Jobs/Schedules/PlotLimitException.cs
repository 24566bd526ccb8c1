namespace LiveDash.Core.Jobs.Schedules;

/// <summary>There are as many scheduled plots as may be.</summary>
public sealed class PlotLimitException(string message) : InvalidOperationException(message);
