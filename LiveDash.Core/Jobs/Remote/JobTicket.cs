namespace LiveDash.Core.Jobs.Remote;

/// <summary>A job in a worker's hands. Immutable.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Attempt">Which attempt this is; the next one's number is greater, by whomever it is made.</param>
/// <param name="Plan">What is to be drawn.</param>
/// <param name="DeadlineAt">When it is no longer wanted, in UTC ticks, or null.</param>
/// <param name="MaxRunTime">How long it may take.</param>
internal sealed record JobTicket(string Id, int Attempt, PlotPlan Plan, long? DeadlineAt, TimeSpan MaxRunTime);
