using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>
/// This machine's own metrics, on by default: the loop samples once at each tick of <see cref="HostMetricsOptions.IntervalMs"/>. Missed ticks are not made up for.
/// </summary>
internal sealed partial class HostMetricsSource : BackgroundService
{
    // Rates need two samples: the second comes early, so that a first page shows them at once.
    private static readonly TimeSpan s_firstGap = TimeSpan.FromMilliseconds(250);
    private readonly IHostSampler _sampler;
    private readonly IngestPipeline _pipeline;
    private readonly SourceLedger _ledger;
    private readonly HostSample _sample;
    private readonly HostMetricsOptions _options;
    private readonly LoopSupervisor _loops;
    private readonly TimeProvider _time;
    private readonly ILogger<HostMetricsSource> _logger;
    private bool _failing;

    public HostMetricsSource(
        IHostSampler sampler, IngestPipeline pipeline, SourceRegistry sources, Admission admission, IOptions<HostMetricsOptions> options,
        LoopSupervisor loops, TimeProvider time, ILogger<HostMetricsSource> logger)
    {
        _loops = loops;
        _sampler = sampler;
        _pipeline = pipeline;
        _ledger = sources.Get("host", Environment.MachineName);
        _sample = new HostSample(admission, _ledger);
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Takes one sample and queues it; a full queue counts as a drop.</summary>
    internal void Step(long nowTicks)
    {
        _sample.Begin(nowTicks);
        try
        {
            _sampler.Sample(_sample);
            if (_failing) _ledger.Report(null);
            _failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException or OverflowException)
        {
            // What was read before the fault still counts.
            _ledger.Report(e.Message);
            if (!_failing) LogSampleFailed(e);
            _failing = true;
        }

        var batch = _sample.End();
        batch.ReceivedAt = nowTicks;
        if (_pipeline.TrySubmit(_ledger, batch, out _)) return;
        _ledger.DropAtDoor(DropReason.QueueFull, batch.Count, nowTicks, "The queue had no room.");
        batch.Release();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loops.RunAsync("host metrics", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        var interval = TimeSpan.FromMilliseconds(_options.IntervalMs);
        Step(Now());
        if (interval > s_firstGap)
        {
            await Task.Delay(s_firstGap, _time, stoppingToken).ConfigureAwait(false);
            Step(Now());
        }

        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            loop.Turn();
            Step(Now());
        }
    }

    // Whole milliseconds read and compress better, and nothing is known more exactly.
    private long Now()
    {
        var ticks = _time.GetUtcNow().UtcTicks;
        return ticks - ticks % TimeSpan.TicksPerMillisecond;
    }

    [LoggerMessage(2201, LogLevel.Warning, "This machine's metrics could not all be read; the next failures in a row are not logged.")]
    private partial void LogSampleFailed(Exception exception);
}
