using LiveDash.Core.Accounts;
using LiveDash.Core.Diagnostics;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LiveDash.Web.Security.Circuits;

/// <summary>
/// Ends what is open as soon as whoever opened it may not any more: a session that ended, an account that was disabled, removed or given another role. Circuits take nothing
/// more at once; <see cref="Patience"/> later every connection of theirs, streams of the API too, is cut. Each minute all are looked at again.
/// </summary>
internal sealed partial class LiveEnds(AccountBook accounts, FactorBook factors, SessionBook sessions, KeyBook keys, ShareBook shares, OpenCircuits circuits, OpenRequests requests, LoopSupervisor loops, TimeProvider time, ILogger<LiveEnds> logger) : BackgroundService
{
    /// <summary>For how long a page may take to leave by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How often all are looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        accounts.Changed -= OnAccount;
        sessions.Ended -= OnSession;
        factors.PolicyChanged -= OnPolicy;
        keys.Changed -= OnKey;
        shares.Changed -= OnShare;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        accounts.Changed += OnAccount;
        sessions.Ended += OnSession;
        factors.PolicyChanged += OnPolicy;
        keys.Changed += OnKey;
        shares.Changed += OnShare;
        return loops.RunAsync("ends of sessions", SweepAsync, stoppingToken);
    }

    private async Task SweepAsync(BackgroundLoop loop, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            loop.Turn();
            await circuits.SweepAsync(stop);
            CutLater();
        }
    }

    private void OnSession(string id) => End(gate => gate.Session == id);

    private void OnAccount(string id) => End(gate => gate.UserId == id);

    private void OnPolicy() => End(static gate => gate.Session is not null);

    private void OnShare() => End(static gate => gate.Share is not null);

    private void OnKey(string id) => CutLater();

    private void End(Func<CircuitGate, bool> which)
    {
        foreach (var gate in circuits.All.Where(which))
        {
            if (!circuits.Lasts(gate)) gate.End();
        }

        CutLater();
    }

    private void CutLater()
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                try
                {
                    Cut();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    // Nobody is behind a timer to hear of it, and the process would end.
                    LogFailed(logger, e);
                }

                timer?.Dispose();
            },
            null, Patience, Timeout.InfiniteTimeSpan);
    }

    private void Cut()
    {
        var now = time.GetUtcNow();
        requests.End(context => !EndsSoon(context) && AccessClaims.SessionOf(context.User) is { } id && (sessions.Acting(id, now) is not { } acting || acting.User.Role != AccessClaims.RoleOf(context.User)));
        requests.End(context => AccessClaims.KeyOf(context.User) is { } key && !keys.IsGood(key, now));
        requests.End(context => AccessClaims.ShareOf(context.User) is { } share && shares.Find(share, now) is null);
    }

    // What ends a session, a form that signs in or out, is itself under way, and answers yet.
    private static bool EndsSoon(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/account") || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    [LoggerMessage(7002, LogLevel.Error, "Sessions could not be looked at; they are again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
