using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every source's account, once a second.</summary>
public sealed partial class SourcesPage : LookingComponentBase
{
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

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    /// <inheritdoc/>
    protected override bool Look()
    {
        _now = Clock.GetUtcNow().UtcTicks;
        _sources = Registry.Snapshot(_now);
        _store = Store.Status;
        _queue = Pipeline.Queue;
        _listeners = Board.Snapshot();
        return true;
    }

    private static string Text(double value, ValueUnit unit) => ValueFormat.Format(value, unit).ToString();

    private string Ago(long ticks)
    {
        if (ticks == 0) return "never";
        var seconds = (_now - ticks) / (double)TimeSpan.TicksPerSecond;
        return seconds < 1.5 ? "now" : FieldFormat.Duration(TimeSpan.FromSeconds(Math.Round(seconds))) + " ago";
    }
}
