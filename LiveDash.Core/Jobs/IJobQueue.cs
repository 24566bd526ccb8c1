namespace LiveDash.Core.Jobs;

/// <summary>
/// Hands the jobs that wait in the <see cref="JobBook"/> to workers and tells the book what became of each. The book keeps every job, so a queue may lose
/// all it holds. One runs at a time: threads of this process, or workers on other machines behind Redis or PostgreSQL. All members are thread-safe.
/// </summary>
public interface IJobQueue
{
    /// <summary>What it is, for people and metrics: <c>embedded</c>, <c>redis</c> or <c>postgresql</c>.</summary>
    string Kind { get; }

    /// <summary>What whoever runs LiveDash should know about it, such as that it does not answer; null where all is well.</summary>
    string? Warning { get; }

    /// <summary>Every worker that is there now, by name.</summary>
    IReadOnlyList<JobWorkerState> Workers { get; }
}
