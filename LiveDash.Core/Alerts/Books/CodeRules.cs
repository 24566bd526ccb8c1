using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Alerts.Books;

/// <summary>Puts the rules of the program among the others at the start, and calls them back: the book hears of each change first. Thread-safe.</summary>
internal sealed partial class CodeRules(AlertBook alerts, RuleBook rules, IEnumerable<CodeRule> own, ILogger<CodeRules> logger) : IAlertLog, IHostedService
{
    private readonly Dictionary<string, (CodeRule Rule, RuleConfig Config)> _own = own.Select(static rule => (Rule: rule, rule.Config)).ToDictionary(static one => one.Config.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A rule cannot be read; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (rule, config) in _own.Values)
        {
            // One that stands there as it is in the code is not written again: a start on a full disk needs no write for it.
            if (rules.Rules.Find(config.Id) is { } known && DocumentJson.Write(known.Config).AsSpan().SequenceEqual(DocumentJson.Write(config))) continue;
            var (_, faults) = await rules.PutAsync(config, cancellationToken).ConfigureAwait(false);
            if (faults.Count > 0) throw new InvalidOperationException($"{rule.GetType().Name} is no rule: {string.Join(' ', faults.Select(static fault => fault.Detail))}");
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Post(AlertTransition transition)
    {
        alerts.Post(transition);
        if (_own.Count == 0 || !_own.TryGetValue(transition.Rule.Id, out var one)) return;
        try
        {
            if (transition.Kind == AlertEventKind.Fired) one.Rule.OnFired(transition);
            else if (transition.Kind == AlertEventKind.Resolved) one.Rule.OnResolved(transition);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, transition.Rule.Id, exception);
        }
    }

    /// <inheritdoc/>
    public void Follow(string alertId, AlertClock clock) => alerts.Follow(alertId, clock);

    /// <inheritdoc/>
    public void NoteSilence(string series, long quiet) => alerts.NoteSilence(series, quiet);

    /// <inheritdoc/>
    public long RecallSilence(string series) => alerts.RecallSilence(series);

    /// <inheritdoc/>
    public IReadOnlyList<string> RecallSeries(string ruleId) => alerts.RecallSeries(ruleId);

    /// <inheritdoc/>
    public KeptAlert? Recall(string alertId, LiveFigures live) => alerts.Recall(alertId, live);

    [LoggerMessage(5102, LogLevel.Error, "The rule {Rule} failed when it was called back")]
    private static partial void LogFailed(ILogger logger, string rule, Exception exception);
}
