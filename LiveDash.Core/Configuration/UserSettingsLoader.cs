using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Configuration;

/// <summary>Loads the settings that users edit after the store was opened and before anything leases a window.</summary>
internal sealed class UserSettingsLoader(WindowSettingsBook windows, TierSettingsBook tiers) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await windows.LoadAsync(cancellationToken);
        await tiers.LoadAsync(cancellationToken);
    }

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
