using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>
/// A dashboard on a wall: nothing to press, all panels fitted to the screen, for weeks; one of more rows than can be read from afar is shown in pages. <c>?with=b,c</c> names further dashboards to change to every
/// <c>?every=30s</c>; <c>?var-host=web1</c> chooses of a variable; <c>?text=1.5</c> makes the text larger for who stands far away; <c>?last=15m</c> is the range.
/// </summary>
public sealed partial class WallPage : ComponentBase, IAsyncDisposable
{
    // What a browser says is not believed beyond this.
    private const int MostPages = 100;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly DashboardView _view = new();
    private Task _watch = Task.CompletedTask;
    private AlertWatch? _alertWatch;
    private ScriptPart? _screen;
    private DotNetObjectReference<WallPage>? _self;
    private IReadOnlyDictionary<string, PanelAlert> _alerts = new Dictionary<string, PanelAlert>();
    private PanelAlert? _worst;
    private Dashboard? _dashboard;
    private int _open;
    private int _at;
    private long _since;
    private int _pages = 1;

    /// <summary>The first dashboard.</summary>
    [Parameter]
    public required string Id { get; set; }

    /// <summary>Further ones, by their ids, with commas.</summary>
    [SupplyParameterFromQuery]
    public string? With { get; set; }

    /// <summary>How long each stays, or each of its pages, 5 seconds to an hour; half a minute where it is not said.</summary>
    [SupplyParameterFromQuery]
    public string? Every { get; set; }

    /// <summary>How much larger the text is, 0.75 to 4.</summary>
    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Book { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private AlertBook Alerts { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private double TextScale =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale) ? Math.Clamp(scale, 0.75, 4) : 1;

    private TimeSpan Stay => DurationText.TryParse(Every, out var every) ? TimeSpan.FromTicks(Math.Clamp(every.Ticks, TimeSpan.TicksPerSecond * 5, TimeSpan.TicksPerHour)) : TimeSpan.FromSeconds(30);

    // A share link shows its own dashboard alone.
    private IReadOnlyList<string> Ids => Visitor.SharedDashboard is not null ? [Id] : [Id, .. (With ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Book.Changed -= OnChanged;
        Time.Changed -= OnChanged;
        await _closed.CancelAsync();
        if (_alertWatch is not null) await _alertWatch.DisposeAsync();
        await _watch;
        _closed.Dispose();
        if (_screen is not null) await _screen.DisposeAsync();
        _self?.Dispose();
    }

    /// <summary>In how many pages the dashboard is shown; called by the script.</summary>
    [JSInvokable]
    public void Paged(int pages) => _pages = Math.Clamp(pages, 1, MostPages);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await Book.LoadAsync(_closed.Token);
        Book.Changed += OnChanged;
        Time.Changed += OnChanged;
        Pull();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _at = 0;
        _since = Clock.GetTimestamp();
        if (Book.IsLoaded) Pull();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _watch = WatchAsync();
        _alertWatch = new AlertWatch(Alerts, Clock, () => InvokeAsync(LookAtAlerts));
        _screen = new ScriptPart(Script, "./js/wall.js");
        _self = DotNetObjectReference.Create(this);
        await _screen.AttachAsync(TextScale, Stay.TotalMilliseconds, _self);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_tick, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token)) await InvokeAsync(Step);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The wall was left.
        }
    }

    private void Step()
    {
        if (Ids.Count < 2 || Clock.GetElapsedTime(_since) < Stay * _pages) return;
        (_since, _pages) = (Clock.GetTimestamp(), 1);
        // One that is gone is passed over.
        for (var i = 1; i <= Ids.Count; i++)
        {
            var next = (_at + i) % Ids.Count;
            if (Book.Find(Ids[next]) is null) continue;
            _at = next;
            break;
        }

        Pull();
        StateHasChanged();
    }

    private void Pull()
    {
        _dashboard = Book.Find(Ids[Math.Min(_at, Ids.Count - 1)]);
        // Who came by a share link chooses nothing, whatever the address says.
        if (Visitor.SharedDashboard is null) _view.Look(_dashboard, VariableWords.Asked(Navigation.Uri), Catalog);
        else if (Visitor.SharedVariables is var shared) _view.Look(_dashboard, shared, Catalog, isFixed: shared.Count > 0);
        LookAtAlerts();
    }

    private void LookAtAlerts()
    {
        if (_dashboard is null || _closed.IsCancellationRequested) return;
        _alerts = PanelAlerts.Of(Alerts.List(), _view.Shown!.Panels);
        var worst = _alerts.Values.OrderBy(static alert => alert.IsRecovering).ThenByDescending(static alert => alert.Severity).FirstOrDefault();
        _open = _alerts.Values.Select(static alert => (alert.Rule, alert.Series)).Distinct().Count();
        if (worst == _worst) return;
        _worst = worst;
        StateHasChanged();
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (_closed.IsCancellationRequested) return;
        Pull();
        StateHasChanged();
    });
}
