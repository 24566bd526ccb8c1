using LiveDash.Core.Jobs;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every worker that draws plot jobs, once a second.</summary>
public sealed partial class WorkersPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;
    private IReadOnlyList<JobWorkerState> _workers = [];

    [Inject]
    private IJobQueue Queue { get; set; } = default!;

    [Inject]
    private JobBook Book { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watch;
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _workers = Queue.Workers;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                _workers = Queue.Workers;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
