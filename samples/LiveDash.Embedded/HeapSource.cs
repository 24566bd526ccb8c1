using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LiveDash.Embedded;

/// <summary>A source: the managed heap of this process, measured again and again. It fills a batch and hands it to the pipeline, on an account of its own.</summary>
public sealed class HeapSource(IngestPipeline pipeline, Admission admission, SourceRegistry sources, IOptions<SampleOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>The name of the series.</summary>
    public const string Series = "sample.heap_bytes";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var account = sources.Get("sample", "heap");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Clamp(options.Value.IntervalMs, 10, 60_000)), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow().UtcTicks;
            if (!admission.TryAdmitSeries(Series, [new("process", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture))], out var series, out var fault))
            {
                account.Reject(fault.Reason, 1, now, fault.Detail);
                continue;
            }

            var batch = PointBatch.Rent();
            batch.ReceivedAt = now;
            batch.Add(series, now, GC.GetTotalMemory(forceFullCollection: false));
            // To wait here is backpressure: a full queue slows the source.
            await pipeline.SubmitAsync(account, batch, AckMode.Received, stoppingToken);
        }
    }
}
