using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Alerts;

/// <summary>Keeps on disk what the book was told, soon after; while the store takes nothing it tries again each second.</summary>
internal sealed partial class AlertKeeper(AlertBook book, TimeProvider time, ILogger<AlertKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await book.WaitAsync(stoppingToken);
                while (!await TrySaveAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; StopAsync keeps the rest.
        }
    }

    private async Task<bool> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await book.SaveAsync(cancellationToken);
            return true;
        }
        catch (IOException e)
        {
            LogNotKept(logger, e);
            return false;
        }
    }

    [LoggerMessage(4001, LogLevel.Warning, "Alerts could not be kept; trying again")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
