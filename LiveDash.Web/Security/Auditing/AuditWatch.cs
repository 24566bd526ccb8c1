using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Security.Auditing;

/// <summary>
/// Reads the audit at start, says where its chain is broken, and makes the failed sign-ins a series, so that a rule can judge them:
/// <c>sum(audit.failed_logins, 5m) > 20</c>. A point every <see cref="Period"/>: how many failed since the last.
/// </summary>
internal sealed partial class AuditWatch(AuditLog log, IngestPipeline pipeline, SourceRegistry sources, Admission admission, LoopSupervisor loops, TimeProvider time, ILogger<AuditWatch> logger) : BackgroundService
{
    /// <summary>The series.</summary>
    public const string Series = "audit.failed_logins";

    /// <summary>How often a point is made.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long _told;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await log.LoadAsync(cancellationToken);
        if (log.Broken() is { } number) LogBroken(logger, number);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Makes one point.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var failed = log.FailedLogins;
        if (!admission.TryAdmitSeries(Series, [], out var series, out _)) return;
        await using var session = new IngestSession(pipeline, sources.Get("audit", "livedash"), time, TimeSpan.Zero);
        session.Add(series, time.GetUtcNow().UtcTicks, failed - _told);
        await session.FlushAsync(cancellationToken);
        _told = failed;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("audit", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            loop.Turn();
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (QueueFullException)
            {
                // Counted as dropped; the next point tells these too.
            }
        }
    }

    [LoggerMessage(7003, LogLevel.Error, "The audit is not as it was written: entry {Number} was changed, or what stood before it is missing")]
    private static partial void LogBroken(ILogger logger, long number);
}
