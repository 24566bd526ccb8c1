using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage.Backups;

namespace LiveDash.Web.Security.Auditing;

/// <summary>
/// Reads the audit at start, says where its chain is broken, and makes the failed sign-ins a series, so that a rule can judge them:
/// <c>sum(audit.failed_logins, 5m) > 20</c>. A point every <see cref="Period"/>: how many failed since the last.
/// </summary>
internal sealed partial class AuditWatch(AuditLog log, IngestPipeline pipeline, SourceRegistry sources, Admission admission, BackupKeeper backups, LoopSupervisor loops, TimeProvider time, ILogger<AuditWatch> logger) : BackgroundService
{
    /// <summary>The series.</summary>
    public const string Series = HostDashboard.FailedSignIns;

    /// <summary>How often a point is made.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long _told;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await log.LoadAsync(cancellationToken);
        if (log.Broken() is { } number) LogBroken(logger, number);
        backups.Made += OnBackup;
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        backups.Made -= OnBackup;
        base.Dispose();
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

    // By whoever asked for it, or the server by itself.
    private void OnBackup(BackupOutcome outcome) => _ = NoteAsync(Actor.Current, outcome);

    private async Task NoteAsync(Actor? actor, BackupOutcome outcome)
    {
        try
        {
            var text = outcome.Report is { } report ? $"{report.Points} points, {report.Documents} documents, {report.Bytes} bytes; deleted: {string.Join(' ', outcome.Removed)}" : outcome.Fault;
            await log.AddAsync(actor, outcome.Fault is null ? "backup.made" : "backup.failed", Path.GetFileName(outcome.Report?.File) ?? "", null, text, CancellationToken.None);
        }
        catch (IOException exception)
        {
            LogUnnoted(logger, exception);
        }
    }

    [LoggerMessage(7004, LogLevel.Warning, "A backup could not be noted in the audit")]
    private static partial void LogUnnoted(ILogger logger, Exception exception);

    [LoggerMessage(7003, LogLevel.Error, "The audit is not as it was written: entry {Number} was changed, or what stood before it is missing")]
    private static partial void LogBroken(ILogger logger, long number);
}
