using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// The server's side of what hands jobs to workers of their own: Redis or PostgreSQL. What it holds is a copy; the <see cref="JobBook"/> keeps every job.
/// Used by one loop, but for <see cref="RemoveAsync"/>, which is anyone's.
/// </summary>
internal interface IJobExchange : IAsyncDisposable
{
    /// <summary>What it is, for metrics: a word in small letters.</summary>
    string Kind { get; }

    /// <summary>The same for people.</summary>
    string Name { get; }

    /// <summary>True where it is away, or refuses: worth another try in a second.</summary>
    bool IsAway(Exception exception);

    /// <summary>What is wrong, in words that tell no secret.</summary>
    string Describe(Exception exception);

    /// <summary>Once a connection: makes what is missing, tells workers the settings, and listens.</summary>
    /// <param name="options">What workers must know of the settings.</param>
    /// <param name="onEvent">Called at each change of a job, on any thread; what happens while there is no connection may be missed.</param>
    /// <returns>What whoever runs LiveDash should know about it, or null.</returns>
    Task<string?> PrepareAsync(JobOptions options, Action onEvent);

    /// <summary>How a job stands; null where nothing is known of it.</summary>
    Task<JobLook?> LookAsync(string id);

    /// <summary>Offers a job to workers, unless it is offered already or finished.</summary>
    /// <param name="id">The job.</param>
    /// <param name="attempt">The least number of its next attempt; one that was begun before has a smaller one.</param>
    /// <param name="plan">What is to be drawn, by <see cref="JobPlanCodec"/>.</param>
    /// <param name="keep">How long it stays if nobody asks for it.</param>
    Task PushAsync(string id, int attempt, string plan, TimeSpan keep);

    /// <summary>Ends a job that is no longer wanted; its worker hears of it at its next report.</summary>
    Task CancelAsync(string id, TimeSpan keep);

    /// <summary>The images of a job that is done, each format; null where they are gone.</summary>
    Task<IReadOnlyDictionary<PlotFormat, byte[]>?> ReadImagesAsync(string id);

    /// <summary>How long a job that was brought home stays.</summary>
    Task KeepAsync(string id, TimeSpan keep);

    /// <summary>Removes jobs and their images.</summary>
    Task RemoveAsync(IReadOnlyList<string> ids);

    /// <summary>Every worker that was heard of lately, by name.</summary>
    Task<IReadOnlyList<JobWorkerState>> ListWorkersAsync();

    /// <summary>Forgets workers that are gone, and jobs whose time has passed.</summary>
    Task ForgetGoneAsync();
}
