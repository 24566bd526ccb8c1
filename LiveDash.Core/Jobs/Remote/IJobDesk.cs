namespace LiveDash.Core.Jobs.Remote;

/// <summary>What a worker does with the exchange: takes a job, tells how far it is, hands in. One worker each; thread-safe.</summary>
internal interface IJobDesk
{
    /// <summary>What it talks to, for people.</summary>
    string Exchange { get; }

    /// <summary>True where the exchange is away: worth another try in a second.</summary>
    bool IsAway(Exception exception);

    /// <summary>What is wrong, in words that tell no secret.</summary>
    string Describe(Exception exception);

    /// <summary>Takes the next job: one whose worker has been silent too long, else the one that waits longest; null where there is none.</summary>
    Task<JobTicket?> TakeAsync();

    /// <summary>Tells how far it is; false where the job is no longer this worker's: cancelled, or given to another.</summary>
    Task<bool> ReportAsync(JobTicket ticket, int percent);

    /// <summary>Hands in the image; false where it comes too late and was refused.</summary>
    Task<bool> FinishAsync(JobTicket ticket, JobImages images);

    /// <summary>Says why it could not be made.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isFinal">True where trying again would not help.</param>
    Task FailAsync(JobTicket ticket, string reason, bool isFinal);

    /// <summary>Gives it back, which counts as no attempt.</summary>
    Task ReleaseAsync(JobTicket ticket);

    /// <summary>Writes the worker down: it is there, and does this.</summary>
    Task TellAsync(JobWorkerState worker);

    /// <summary>Strikes the worker out, which ends orderly and holds nothing any more.</summary>
    Task LeaveAsync();
}
