using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>All series by strangeness, now and over the range shown. Detectors are leased while the page is open.</summary>
public sealed partial class AnomaliesPage : LookingComponentBase
{
    private const int Columns = 96;
    private const int Shown = 100;
    private static readonly TimeSpan s_least = TimeSpan.FromDays(1);
    private AnomalyBoard _board = default!;
    private IReadOnlyList<AnomalyRow> _rows = [];
    private bool _asked;

    // Series whose table is open; at most as many as are shown.
    private readonly HashSet<int> _open = [];

    /// <summary>Part of the names that are shown.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary><c>range</c> for the strangest in the range shown, else now.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private LiveEngine Engine { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private DetectionOptions Options { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    // A bar is five minutes, so less than a day of them says little.
    private TimeRange Range
    {
        get
        {
            var now = Clock.GetUtcNow().UtcTicks;
            if (Time.Range.Past is { } past) return past.To - past.From >= s_least.Ticks ? past : new TimeRange(Math.Max(0, past.To - s_least.Ticks), past.To);
            return new TimeRange(now - LiveSpan.Ticks, now);
        }
    }

    // Asked for by itself: a range that ends now ends elsewhere each time.
    private TimeSpan LiveSpan => Time.Range.Span > s_least ? Time.Range.Span : s_least;

    private bool IsByPeak => By == "range";

    // More is shown than the range above says.
    private bool IsLonger => (Time.Range.Past is { } past ? past.To - past.From : Time.Range.Span.Ticks) < s_least.Ticks;

    private string RangeWords => Time.Range.IsLive ? $"Last {WindowWords.Duration(LiveSpan)}" : IsLonger ? "Day up to the end of the range" : "Range shown";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _board = new AnomalyBoard(Engine, Catalog);
        Time.Changed += OnRange;
        // A page that is only drawn ahead of its circuit holds nothing.
        if (RendererInfo.IsInteractive) Look();
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (!RendererInfo.IsInteractive) return false;
        _board.Follow(Range, Columns, _asked || Catalog.Count <= Options.WatchSeries);
        var before = _rows;
        _rows = _board.Rows(Text ?? "", IsByPeak, Shown);
        // One that is shown no more is closed when it comes back.
        _open.IntersectWith(_rows.Select(static row => row.Series));
        return _board.Changed | !before.SequenceEqual(_rows);
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        Time.Changed -= OnRange;
        _board.Dispose();
    }

    private void OnRange() => _ = InvokeAsync(() =>
    {
        if (Look()) StateHasChanged();
    });

    private void Toggle(int series)
    {
        if (!_open.Remove(series)) _open.Add(series);
    }

    private void Watch()
    {
        _asked = true;
        Look();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_board.IsOn) Look();
    }
}
