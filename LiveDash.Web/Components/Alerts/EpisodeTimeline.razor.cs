using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Notifications;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>What happened in an episode, and each channel that was told of it, when, after how many attempts; follows both.</summary>
public sealed partial class EpisodeTimeline : ComponentBase, IAsyncDisposable
{
    private IReadOnlyList<TimelineEntry> _entries = [];
    private AlertWatch? _watch;

    /// <summary>The episode's id.</summary>
    [Parameter, EditorRequired]
    public required string Episode { get; set; }

    /// <summary>What its figure measures.</summary>
    [Parameter]
    public ValueUnit Unit { get; set; }

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private TellingJournal Journal { get; set; } = default!;

    [Inject]
    private NotificationDispatcher Dispatcher { get; set; } = default!;

    [Inject]
    private Outbox Outbox { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null) await _watch.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Look();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Deliveries raise no event of their own: the beat follows them.
        if (firstRender) _watch = new AlertWatch(Book, Clock, () => InvokeAsync(Follow));
    }

    private void Follow()
    {
        if (Look()) StateHasChanged();
    }

    private bool Look()
    {
        // Deliveries before the journal: one that ends between the two looks shows twice for a beat rather than not at all.
        var planned = Outbox.WaitingOf(Episode);
        var deliveries = Dispatcher.Deliveries;
        IReadOnlyList<TimelineEntry> entries = Book.FindEpisode(Episode) is { } episode ? EpisodeHistory.Of(episode, Journal.Of(Episode), deliveries, planned, Unit) : [];
        if (entries.SequenceEqual(_entries)) return false;
        _entries = entries;
        return true;
    }
}
