using LiveDash.Core.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Alerts;

/// <summary>
/// Brings the rules to the judges: those kept once the engine's loops run, and each change after it, one at a time and the newest last.
/// </summary>
public sealed partial class RuleService(RuleBook rules, AlertBook alerts, RuleStates states, LiveEngine engine, ILogger<RuleService> logger) : IHostedService
{
    private readonly Lock _gate = new();
    private Task _applying = Task.CompletedTask;
    private bool _isAsked;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await alerts.LoadAsync(cancellationToken);
        foreach (var id in await rules.LoadAsync(cancellationToken)) LogUnreadable(logger, id);
        var stored = engine.History.Stats();
        await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).TellNewest(stored), cancellationToken);
        await ApplyAsync(cancellationToken);
        alerts.TakeOver(rules.Rules);
        rules.Changed += OnChanged;
    }

    /// <summary>Completes when the judges run by the rules that stood in the book before the call: the next point is judged by them.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task WhenAppliedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _applying.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        rules.Changed -= OnChanged;
        await _applying.WaitAsync(cancellationToken);
    }

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

        try
        {
            await ApplyAsync(CancellationToken.None).ConfigureAwait(false);
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
        await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Configure(newest), cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(4002, LogLevel.Error, "The kept rule '{Id}' cannot be read and is not judged")]
    private static partial void LogUnreadable(ILogger logger, string id);
}
