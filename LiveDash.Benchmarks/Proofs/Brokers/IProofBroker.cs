namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>A true broker that is killed and started again on what it keeps, with a sender's connection to it. Used by one sender, and killed from outside.</summary>
internal interface IProofBroker : IAsyncDisposable
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The settings of a source of LiveDash's that reads it, by key.</summary>
    IReadOnlyDictionary<string, string> Source { get; }

    /// <summary>Starts its server, anew or on what the one before has kept, and waits until it listens.</summary>
    Task StartAsync();

    /// <summary>Kills its server without a word.</summary>
    Task KillAsync();

    /// <summary>Connects the sender and makes what it sends to, where it is not there.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Sends messages and waits until the broker has confirmed each.</summary>
    /// <exception cref="Exception">It has not, for whatever reason: then it is open which of them it holds.</exception>
    Task PublishAsync(IReadOnlyList<byte[]> messages, CancellationToken cancellationToken);
}
