using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.LiveView;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>
/// A dashboard: the one this browser looked at last at <c>/</c>, any by its id at <c>/d/{id}</c>, and one of its panels alone with <c>?panel=</c>. It follows
/// what other tabs and people change. What it does to the dashboards themselves is in the other part.
/// </summary>
public sealed partial class DashboardPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly DashboardHistory _history = new();
    private readonly DashboardView _view = new();
    private Task _watch = Task.CompletedTask;
    private AlertWatch? _alertWatch;
    private IReadOnlyList<Dashboard> _all = [];
    private IReadOnlyList<(string Id, string Reason)> _unreadable = [];
    private IReadOnlyList<DashboardPanel> _missing = [];
    private IReadOnlyDictionary<string, PanelAlert> _alerts = new Dictionary<string, PanelAlert>();
    private Dashboard? _dashboard;
    private bool _loaded;
    private bool _waiting;

    /// <summary>Which dashboard; null for the last one.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The panel that is alone on the screen; null for all.</summary>
    [SupplyParameterFromQuery]
    public string? Panel { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Book { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private AlertBook Alerts { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private DashboardMarks Marks { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private FramePump Pump { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Book.Changed -= OnBookChanged;
        Time.Changed -= OnTimeChanged;
        Navigation.LocationChanged -= OnLocationChanged;
        Time.Pause(false);
        Pump.Pause(false);
        await _closed.CancelAsync();
        if (_alertWatch is not null) await _alertWatch.DisposeAsync();
        await _watch;
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await Book.LoadAsync(_closed.Token);
        Book.Changed += OnBookChanged;
        Time.Changed += OnTimeChanged;
        Navigation.LocationChanged += OnLocationChanged;
        _loaded = true;
        Pull();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!_loaded) return;
        if (Id is not null && Id != _dashboard?.Id) _history.Clear();
        Pull();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _watch = WatchAsync();
            _alertWatch = new AlertWatch(Alerts, Clock, () => InvokeAsync(LookAtAlerts));
            await Marks.LoadAsync();
            Pull();
            StateHasChanged();
        }

        if (_dashboard is not null && Marks.IsLoaded) await Marks.SeenAsync(_dashboard.Id);
    }

    // The automatic dashboard follows the catalog, and so do the offer of new series and the page that teaches to send the first point.
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_period, Clock);
        var known = Catalog.Count;
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Catalog.Count == known || !_loaded) continue;
                known = Catalog.Count;
                Pull();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private string WallAddress => Navigation.GetUriWithQueryParameters(
        $"wall/{_dashboard!.Id}", _view.Choices.ToDictionary(static one => VariableWords.Parameter(one.Variable.Name), static one => (object?)one.Value));

    private bool FoldsForOneself(Dashboard dashboard) => dashboard.IsAutomatic || !Visitor.May(AccountRole.Editor);

    private void LookAtAlerts()
    {
        if (_dashboard is null || _closed.IsCancellationRequested) return;
        var alerts = PanelAlerts.Of(Alerts.List(), _view.Shown!.Panels);
        if (alerts.Count == _alerts.Count && alerts.All(pair => _alerts.TryGetValue(pair.Key, out var old) && old == pair.Value)) return;
        _alerts = alerts;
        StateHasChanged();
    }

    private void OnBookChanged() => _ = InvokeAsync(() =>
    {
        if (_closed.IsCancellationRequested) return;
        Pull();
        StateHasChanged();
    });

    private void OnTimeChanged() => _ = InvokeAsync(() =>
    {
        if (_closed.IsCancellationRequested) return;
        Pump.Pause(Time.IsPaused);
        StateHasChanged();
    });

    // Another value of a variable is another address of the same page, of which its parameters say nothing.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => OnBookChanged();

    private void Pull()
    {
        _all = Book.All;
        _unreadable = Book.Unreadable;
        // Which one this browser looked at last is known a moment later; another would only flash.
        _waiting = Id is null && !Marks.IsLoaded && _all.Count > 1;
        if (_waiting) return;
        var before = _dashboard?.Id;
        var last = Id is null && Marks.Last is { } seen ? _all.FirstOrDefault(dashboard => dashboard.Id == seen) : null;
        _dashboard = Id is null ? last ?? _all.FirstOrDefault() : _all.FirstOrDefault(dashboard => dashboard.Id == Id);
        if (_dashboard is not null && FoldsForOneself(_dashboard)) _dashboard = Marks.Folded(_dashboard);
        // What is open about a dashboard that was removed, or may not be seen any more, closes with it: another one in its place is not what somebody was asked about.
        if (before is not null && before != _dashboard?.Id) CloseWhatIsOfIt();
        _view.Look(_dashboard, VariableWords.Asked(Navigation.Uri), Catalog);
        _missing = _dashboard is null ? [] : HostDashboard.Missing(DashboardVariables.OfAll(_dashboard), Catalog);
        LookAtAlerts();
    }

    // One chart's zoom is the dashboard's range: all panels show the same stretch.
    private void Zoom(TimeRange? range)
    {
        if (range is not { } stretch)
        {
            if (!Time.Range.IsLive) Time.BackToLive();
            return;
        }

        if (ViewRange.Between(new DateTimeOffset(stretch.From, TimeSpan.Zero), new DateTimeOffset(stretch.To, TimeSpan.Zero)) is { } past) Time.Show(past);
    }
}
