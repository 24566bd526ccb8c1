using LiveDash.Core.Plots;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// A worker on its own: takes jobs from the exchange, reads their points from the server, draws, hands in. Any number of them work side by side. While it draws it
/// tells it so several times a second, and hears in the answer when the job is no longer its. One loop; ends with its token and gives back what it holds.
/// </summary>
internal sealed partial class RemoteWorker(IJobDesk desk, IPlotPoints points, string name, TimeProvider clock, ILogger log)
{
    /// <summary>How often it tells how far it is, and hears whether the job is still its.</summary>
    internal static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly WorkerTally _tally = new(name, clock);
    private bool _isConnected;

    /// <summary>How it is now.</summary>
    internal JobWorkerState State => _tally.State;

    /// <summary>Works until it is told to stop.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pulse = PulseAsync(ended.Token);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await desk.TakeAsync().ConfigureAwait(false) is { } ticket) await MakeAsync(ticket, stop).ConfigureAwait(false);
                else await Task.Delay(s_idle, clock, stop).ConfigureAwait(false);
                if (!_isConnected) LogConnected(name);
                _isConnected = true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (desk.IsAway(exception))
            {
                if (_isConnected || _tally.State.Done == 0) LogAway(desk.Exchange, desk.Describe(exception));
                _isConnected = false;
                await PauseAsync(stop).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogFault(exception);
                await PauseAsync(stop).ConfigureAwait(false);
            }
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await pulse.ConfigureAwait(false);
        await TryAsync(() => desk.LeaveAsync()).ConfigureAwait(false);
    }

    /// <summary>Makes one job to its end, whatever that is.</summary>
    internal async Task MakeAsync(JobTicket ticket, CancellationToken stop)
    {
        var left = Math.Min(ticket.MaxRunTime.Ticks, (ticket.DeadlineAt ?? long.MaxValue) - clock.GetUtcNow().UtcTicks);
        if (left <= 0)
        {
            await desk.FailAsync(ticket, "Its deadline passed before a worker was free.", isFinal: true).ConfigureAwait(false);
            return;
        }

        using var timeout = new CancellationTokenSource(new TimeSpan(left), clock);
        using var lost = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, lost.Token, stop);
        var percent = 0;
        _tally.Begin(ticket.Id);
        var drawing = new PatientDrawing(token => PlotDrawer.Draw(ticket.Plan, points, value => Volatile.Write(ref percent, Math.Max(value, Volatile.Read(ref percent))), token), clock).RunAsync("plot " + ticket.Id, any.Token);
        while (await Task.WhenAny(drawing, Task.Delay(Pulse, clock, CancellationToken.None)).ConfigureAwait(false) != drawing)
        {
            if (!await KeepsAsync(ticket, Volatile.Read(ref percent)).ConfigureAwait(false)) await lost.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            var images = await drawing.ConfigureAwait(false);
            var taken = await RetryAsync(() => desk.FinishAsync(ticket, images)).ConfigureAwait(false);
            // Too late is no fault of the job: another worker has it, or had it.
            if (taken) _tally.End(images.Points);
            else LogRefused(ticket.Id, ticket.Attempt);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            await GiveUpAsync(ticket, lost.IsCancellationRequested, stop.IsCancellationRequested).ConfigureAwait(false);
        }
        catch (PlotException exception)
        {
            _tally.End(null);
            await RetryAsync(() => desk.FailAsync(ticket, exception.Message, isFinal: true)).ConfigureAwait(false);
        }
        catch (Exception exception) when (!desk.IsAway(exception))
        {
            LogJobFault(exception, ticket.Id, ticket.Attempt);
            _tally.End(null);
            await RetryAsync(() => desk.FailAsync(ticket, exception.Message, isFinal: false)).ConfigureAwait(false);
        }
        finally
        {
            _tally.Leave();
        }
    }

    private async Task GiveUpAsync(JobTicket ticket, bool isLost, bool isStopping)
    {
        if (isLost)
        {
            LogLost(ticket.Id, ticket.Attempt);
            return;
        }

        if (isStopping)
        {
            await TryAsync(() => desk.ReleaseAsync(ticket)).ConfigureAwait(false);
            return;
        }

        _tally.End(null);
        var reason = ticket.DeadlineAt <= clock.GetUtcNow().UtcTicks
            ? "Its deadline passed while it was made."
            : $"It took longer than the {ticket.MaxRunTime} that LiveDash:Jobs:MaxRunTime allows.";
        await RetryAsync(() => desk.FailAsync(ticket, reason, isFinal: true)).ConfigureAwait(false);
    }

    // An exchange that does not answer just now says nothing about whose the job is.
    private async Task<bool> KeepsAsync(JobTicket ticket, int percent)
    {
        try
        {
            return await desk.ReportAsync(ticket, percent).ConfigureAwait(false);
        }
        catch (Exception exception) when (desk.IsAway(exception))
        {
            return true;
        }
    }

    private async Task PulseAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(s_pause, clock);
        do
        {
            await TryAsync(() => desk.TellAsync(State)).ConfigureAwait(false);
        }
        while (await NextAsync(timer, ended).ConfigureAwait(false));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ended)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task PauseAsync(CancellationToken stop) => await Task.Delay(s_pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (desk.IsAway(exception))
        {
            // It is told again in a second, or expires.
        }
    }

    private Task RetryAsync(Func<Task> ask) => RetryAsync(async () =>
    {
        await ask().ConfigureAwait(false);
        return true;
    });

    // What took minutes to draw is not thrown away because the exchange restarts just then.
    private async Task<bool> RetryAsync(Func<Task<bool>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception exception) when (desk.IsAway(exception) && attempt < 20)
            {
                await Task.Delay(s_pause, clock, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(3141, LogLevel.Information, "The worker {Name} waits for jobs")]
    private partial void LogConnected(string name);

    [LoggerMessage(3142, LogLevel.Warning, "{Exchange} does not answer; trying each second: {Reason}")]
    private partial void LogAway(string exchange, string reason);

    [LoggerMessage(3143, LogLevel.Warning, "The plot job {Job} failed at attempt {Attempt}")]
    private partial void LogJobFault(Exception exception, string job, int attempt);

    [LoggerMessage(3144, LogLevel.Warning, "The image of the plot job {Job}, attempt {Attempt}, came too late and was refused: another worker has the job, or it was cancelled")]
    private partial void LogRefused(string job, int attempt);

    [LoggerMessage(3145, LogLevel.Information, "The plot job {Job}, attempt {Attempt}, is no longer this worker's: cancelled, or given to another")]
    private partial void LogLost(string job, int attempt);

    [LoggerMessage(3146, LogLevel.Error, "The worker failed; it goes on")]
    private partial void LogFault(Exception exception);
}
