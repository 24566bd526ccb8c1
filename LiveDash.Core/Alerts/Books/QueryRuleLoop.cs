using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Alerts.Books;

/// <summary>Runs <see cref="QueryRules"/>, and has the clocks of its alerts kept every few seconds and at the end.</summary>
internal sealed class QueryRuleLoop(QueryRules rules, LoopSupervisor loops, TimeProvider time) : BackgroundService
{
    private const int StepsBetween = 50;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        rules.Remember(isAll: true);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("rules in PromQL", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(QueryRules.Pace, time);
        for (var step = 1; await timer.WaitForNextTickAsync(stoppingToken); step++)
        {
            loop.Turn();
            await rules.StepAsync(stoppingToken);
            if (step % StepsBetween == 0) rules.Remember(isAll: false);
        }
    }
}
