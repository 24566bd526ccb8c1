using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every source's account, once a second.</summary>
public sealed partial class SourcesPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;
    private IReadOnlyList<SourceSnapshot> _sources = [];
    private IReadOnlyList<ListenerSnapshot> _listeners = [];
    private StoreStatus _store = default!;
    private (long Waiting, long Capacity) _queue;
    private long _now;

    [Inject]
    private SourceRegistry Registry { get; set; } = default!;

    [Inject]
    private IngestPipeline Pipeline { get; set; } = default!;

    [Inject]
    private IPointStore Store { get; set; } = default!;

    [Inject]
    private ListenerBoard Board { get; set; } = default!;

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
    protected override void OnInitialized() => Pull();

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
                Pull();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void Pull()
    {
        _now = Clock.GetUtcNow().UtcTicks;
        _sources = Registry.Snapshot(_now);
        _store = Store.Status;
        _queue = Pipeline.Queue;
        _listeners = Board.Snapshot();
    }

    private static string Text(double value, ValueUnit unit) => ValueFormat.Format(value, unit).ToString();

    private string Ago(long ticks)
    {
        if (ticks == 0) return "never";
        var seconds = (_now - ticks) / (double)TimeSpan.TicksPerSecond;
        return seconds < 1.5 ? "now" : Text(Math.Round(seconds), ValueUnit.Seconds) + " ago";
    }
}
