using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Brings the rules to the judges: those kept once the engine's loops run, and each change after it, one at a time and the newest last.
/// </summary>
public sealed partial class RuleService(RuleBook rules, AlertBook alerts, RuleStates states, LiveEngine engine, LoopSupervisor loops, TimeProvider time, ILogger<RuleService> logger, QueryRules? queries = null)
    : IHostedService, IDisposable
{
    /// <summary>How long a change of the rules waits for the stored past of their windows at most.</summary>
    public static readonly TimeSpan MaxPastWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _applying = Task.CompletedTask;
    private bool _isAsked;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await alerts.LoadAsync(cancellationToken);
        foreach (var silence in alerts.Silences())
        {
            if (silence.Fault is { } fault) LogRefused(logger, silence.Id, fault);
        }

        foreach (var id in await rules.LoadAsync(cancellationToken)) LogUnreadable(logger, id);
        var stored = engine.History.Stats();
        await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).TellNewest(stored), cancellationToken);
        await ApplyAsync(cancellationToken);
        queries?.Begin();
        alerts.TakeOver(rules.Rules);
        rules.Changed += OnChanged;
    }

    /// <summary>
    /// Completes when the judges run by the rules that stood in the book before the call and their windows hold the stored past: the next point is judged
    /// by them, with full windows. After <see cref="MaxPastWait"/> it completes all the same: a rule over tens of thousands of series reads as many pasts, and
    /// each of them is judged as soon as it has its own.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task WhenAppliedAsync(CancellationToken cancellationToken)
    {
        Task applying;
        lock (_gate)
        {
            applying = _applying;
        }

        await applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(MaxPastWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await engine.WhenJudgedReadyAsync(either.Token).ConfigureAwait(false);
            await engine.WithJudgesAsync(static judge => ((AlertPointJudge)judge).RefreshJoined(), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time, or the engine has stopped: the rule stands either way.
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        rules.Changed -= OnChanged;
        await _stop.CancelAsync();
        await _applying.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void OnChanged()
    {
        lock (_gate)
        {
            if (_isAsked) return;
            _isAsked = true;
            _applying = AfterAsync(_applying);
        }
    }

    private async Task AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _isAsked = false;
        }

        await loops.RunAsync("rules", ApplyOrEndAsync, _stop.Token).ConfigureAwait(false);
    }

    private async Task ApplyOrEndAsync(BackgroundLoop loop, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The engine has stopped: there is nobody left to judge.
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var newest = rules.Rules;
        states.Keep(newest);
        queries?.Configure(newest);
        newest = newest.OfSeries();
        await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Configure(newest), cancellationToken).ConfigureAwait(false);
        // What a shard asked of another while it was configured is bound there now, not at the next tick.
        await engine.WithJudgesAsync(static judge => ((AlertPointJudge)judge).RefreshJoined(), cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(4002, LogLevel.Error, "The kept rule '{Id}' cannot be read and is not judged")]
    private static partial void LogUnreadable(ILogger logger, string id);

    [LoggerMessage(4004, LogLevel.Warning, "The kept silence '{Id}' silences nothing: {Fault}")]
    private static partial void LogRefused(ILogger logger, string id, string fault);
}
