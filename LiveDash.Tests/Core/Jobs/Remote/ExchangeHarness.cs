using LiveDash.Core.Jobs.Remote;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>A true server that hands jobs to workers, which can be killed and emptied.</summary>
internal abstract class ExchangeHarness : IAsyncDisposable
{
    /// <summary>What LiveDash is told.</summary>
    public abstract string Setting { get; }

    /// <summary>How LiveDash calls it.</summary>
    public abstract string Kind { get; }

    /// <summary>A word of what it warns of, as the server runs here.</summary>
    public abstract string Warning { get; }

    /// <summary>The server's side.</summary>
    public abstract IJobExchange Exchange { get; }

    /// <summary>A worker's side.</summary>
    public abstract IJobDesk Desk(string worker);

    /// <summary>Takes all it knows from it.</summary>
    public abstract Task EmptyAsync();

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public abstract Task KillAsync();

    /// <summary>Starts it on its port and waits until it answers.</summary>
    public abstract Task StartAgainAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
