using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDash.Embedded;

/// <summary>A rule by subclass: judged at each point like any other, and called back when an alert of it begins and ends.</summary>
public sealed partial class HeapRule(IOptions<SampleOptions> options, ILogger<HeapRule> logger) : CodeRule
{
    private readonly TaskCompletionSource<AlertTransition> _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first alert fires.</summary>
    public Task<AlertTransition> Fired => _fired.Task;

    /// <inheritdoc/>
    public override RuleConfig Config { get; } = new()
    {
        Id = "sample-heap", Name = "Much on the heap", Expr = FormattableString.Invariant($"last({HeapSource.Series}{{process=*}}, 1) > {options.Value.HeapLimit}"),
    };

    /// <inheritdoc/>
    public override void OnFired(AlertTransition alert)
    {
        LogFired(logger, alert.Series.ToString(), alert.Value);
        _fired.TrySetResult(alert);
    }

    /// <inheritdoc/>
    public override void OnResolved(AlertTransition alert) => LogResolved(logger, alert.Series.ToString());

    [LoggerMessage(9001, LogLevel.Warning, "{Series} holds {Bytes:N0} bytes")]
    private static partial void LogFired(ILogger logger, string series, double bytes);

    [LoggerMessage(9002, LogLevel.Information, "{Series} is below its limit again")]
    private static partial void LogResolved(ILogger logger, string series);
}
