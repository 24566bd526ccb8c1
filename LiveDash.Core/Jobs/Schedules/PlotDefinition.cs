namespace LiveDash.Core.Jobs.Schedules;

/// <summary>A plot that is drawn on a schedule under a name. Immutable.</summary>
/// <param name="Name">1 to 64 letters, digits, dots, dashes and underscores; part of its address.</param>
/// <param name="Request">What is drawn; a relative range moves with the time of each drawing. Its zone is the schedule's too.</param>
/// <param name="Schedule">When it is drawn anew, as written.</param>
/// <param name="Paused">True where the schedule stands still.</param>
public sealed record PlotDefinition(string Name, JobRequest Request, string Schedule, bool Paused)
{
    /// <summary>When it is due, read from <see cref="Schedule"/>.</summary>
    public required CronSchedule Times { get; init; }
}
