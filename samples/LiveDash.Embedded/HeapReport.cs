using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Embedded;

/// <summary>Windows: leases the newest 30 seconds of each heap there is, and says their mean and p99 now and then. A lease is shared with whoever asks for the same, and given back when it is disposed.</summary>
public sealed partial class HeapReport(LiveEngine engine, SeriesCatalog catalog, TimeProvider time, ILogger<HeapReport> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly AggregateSpec s_p99 = AggregateSpec.Parse("p99");
    private readonly TaskCompletionSource<WindowSnapshot> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first window that holds points.</summary>
    public Task<WindowSnapshot> First => _first.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SeriesPattern.TryParse(HeapSource.Series + "{process=*}", out var pattern);
        var leases = new Dictionary<int, WindowLease>();
        using var timer = new PeriodicTimer(s_period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var series in catalog.Match(pattern!))
                {
                    if (!leases.TryGetValue(series, out var lease)) leases[series] = lease = engine.LeaseWindow(series, WindowSpec.Parse("30s"), [s_p99]);
                    var read = lease.Read();
                    if (read.Summary.Count == 0) continue;
                    _first.TrySetResult(read);
                    LogWindow(logger, catalog[series].ToString(), read.Summary.Mean, read.Extras[0], read.Summary.Count);
                }
            }
        }
        finally
        {
            foreach (var lease in leases.Values) lease.Dispose();
        }
    }

    [LoggerMessage(9003, LogLevel.Information, "{Series}: mean {Mean:N0}, p99 {P99:N0} of {Count} points")]
    private static partial void LogWindow(ILogger logger, string series, double mean, double p99, long count);
}
