using LiveDash.Core.Diagnostics;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Ingestion.Clock;

/// <summary>Looks at the clocks twice a second, logs each jump and keeps what was noticed over a restart.</summary>
internal sealed partial class ClockService(ClockWatch watch, IDocumentStore documents, LoopSupervisor loops, TimeProvider time, ILogger<ClockService> logger) : BackgroundService
{
    private const string Kind = "clock";
    private const string Id = "jumps";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private long _kept;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(Kind, Id, cancellationToken) is { } body) watch.Load(DocumentJson.TryRead<List<ClockJump>>(body) ?? []);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("clock", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            loop.Turn();
            watch.Step();
            if (watch.Version != _kept) await KeepAsync(stoppingToken);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var (version, jumps) = (watch.Version, watch.Jumps);
        if (jumps is [.., { IsDismissed: false } newest]) LogJump(logger, TimeSpan.FromTicks(newest.By), new DateTime(newest.At, DateTimeKind.Utc), newest.IsOpen ? "has not come back" : newest.IsSettled ? "stays" : "has come back");
        try
        {
            await documents.ApplyAsync([new DocumentChange(Kind, Id, DocumentJson.Write(jumps))], cancellationToken);
            _kept = version;
        }
        catch (IOException e)
        {
            // A full disk: it stays in memory and is tried again with the next look.
            LogNotKept(logger, e);
        }
    }

    [LoggerMessage(2351, LogLevel.Warning, "The server's clock jumped by {By} at {At:O} and {State}; points without a time of their own were stamped by it meanwhile")]
    private static partial void LogJump(ILogger logger, TimeSpan by, DateTime at, string state);

    [LoggerMessage(2352, LogLevel.Warning, "A jump of the clock could not be kept; trying again")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
