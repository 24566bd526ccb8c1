namespace LiveDash.Core.Jobs.Remote;

/// <summary>How a job stands where workers take it from. Immutable.</summary>
/// <param name="Status">queued, running, done, failed or cancelled.</param>
/// <param name="Attempt">The number of its newest attempt.</param>
/// <param name="Progress">How far that is, in percent.</param>
/// <param name="Worker">Who makes it, or made it last.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="StartedAt">When the attempt began, in UTC ticks.</param>
/// <param name="Points">How many points its image shows.</param>
/// <param name="Fingerprint">What its image is found by.</param>
/// <param name="IsOffered">False where it waits or runs, but no worker would ever find it again.</param>
internal sealed record JobLook(string Status, int Attempt, int Progress, string Worker, string Error, long StartedAt, long Points, string Fingerprint, bool IsOffered);
