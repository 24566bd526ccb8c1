using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Ingestion.States;

/// <summary>Loads the words of states after the store was opened and before a rule is judged or a point comes.</summary>
internal sealed class StateLoader(StateKeeper keeper, IPointStore store) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => keeper.LoadAsync(store, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
