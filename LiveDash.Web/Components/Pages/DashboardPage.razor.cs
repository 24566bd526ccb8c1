using System.Text;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>A dashboard: the first one at <c>/</c>, any by its id at <c>/d/{id}</c>. It follows what other tabs and people change.</summary>
public sealed partial class DashboardPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;
    private IReadOnlyList<Dashboard> _all = [];
    private IReadOnlyList<(string Id, string Reason)> _unreadable = [];
    private Dashboard? _dashboard;
    private PanelDraft? _draft;
    private (string Text, Dashboard Before)? _undo;
    private string? _error;
    private Open _open;
    private bool _loaded;
    private bool _editing;

    private enum Open
    {
        None,
        New,
        Rename,
        Import,
        Delete,
    }

    /// <summary>Which dashboard; null for the first.</summary>
    [Parameter]
    public string? Id { get; set; }

    [Inject]
    private DashboardBook Book { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private FramePump Pump { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Book.Changed -= OnBookChanged;
        Time.Changed -= OnTime;
        Time.Pause(false);
        Pump.Pause(false);
        await _closed.CancelAsync();
        await _watch;
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await Book.LoadAsync(_closed.Token);
        Book.Changed += OnBookChanged;
        Time.Changed += OnTime;
        _loaded = true;
        Pull();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!_loaded) return;
        if (Id is not null && Id != _dashboard?.Id) _undo = null;
        Pull();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    // The automatic dashboard follows the catalog, and so does the page that teaches to send the first point.
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

    private void OnBookChanged() => _ = InvokeAsync(() =>
    {
        if (_closed.IsCancellationRequested) return;
        Pull();
        StateHasChanged();
    });

    private void Pull()
    {
        _all = Book.All;
        _unreadable = Book.Unreadable;
        _dashboard = Id is null ? _all.FirstOrDefault() : _all.FirstOrDefault(dashboard => dashboard.Id == Id);
    }

    private void OnTime()
    {
        Pump.Pause(Time.IsPaused);
        _ = InvokeAsync(StateHasChanged);
    }

    private void Close() => _open = Open.None;

    private async Task<Dashboard?> ChangeAsync(Func<Dashboard, Dashboard> change)
    {
        if (_dashboard is not { } current) return null;
        return await TryAsync(() => Book.UpdateAsync(current.Id, change, _closed.Token));
    }

    private async Task SavePanelAsync(DashboardPanel panel)
    {
        Time.Pause(false);
        var known = _dashboard?.Find(panel.Id) is not null;
        if (!known && _dashboard?.Panels.Count >= Dashboard.MaxPanels)
        {
            _error = $"A dashboard has at most {Dashboard.MaxPanels} panels; make another dashboard for more.";
        }
        else
        {
            await ChangeAsync(dashboard => known ? DashboardLayout.Replace(dashboard, panel) : DashboardLayout.Add(dashboard, panel));
        }

        _draft = null;
    }

    private async Task RemovePanelAsync(DashboardPanel panel)
    {
        var before = _dashboard!;
        if (await ChangeAsync(dashboard => DashboardLayout.Remove(dashboard, panel.Id)) is not null) _undo = ($"“{PanelTitle.Of(panel)}” was removed.", before);
    }

    private async Task UndoAsync()
    {
        if (_undo is not { } undo) return;
        _undo = null;
        await TryAsync(() => Book.UpdateAsync(undo.Before.Id, _ => undo.Before with { IsAutomatic = false }, _closed.Token));
    }

    private async Task CreateAsync(string name)
    {
        Close();
        if (await TryAsync(async () => (Dashboard?)await Book.CreateAsync(name, _closed.Token)) is { } created) GoTo(created);
    }

    private async Task ImportAsync(Dashboard dashboard)
    {
        Close();
        if (await TryAsync(async () => (Dashboard?)await Book.AddCopyAsync(dashboard, _closed.Token)) is { } added) GoTo(added);
    }

    private async Task CopyAsync()
    {
        var copy = _dashboard! with { Name = Shortened(_dashboard.Name + " (copy)") };
        if (await TryAsync(async () => (Dashboard?)await Book.AddCopyAsync(copy, _closed.Token)) is { } added) GoTo(added);
    }

    private async Task RenameAsync(string name)
    {
        Close();
        await ChangeAsync(dashboard => dashboard with { Name = name });
    }

    private async Task DeleteAsync()
    {
        Close();
        var id = _dashboard!.Id;
        await TryAsync(async () =>
        {
            await Book.RemoveAsync(id, _closed.Token);
            return (Dashboard?)null;
        });
        if (_error is null) Navigation.NavigateTo("/");
    }

    private Task RestoreAsync() => TryAsync(async () =>
    {
        await Book.RestoreAutomaticAsync(_closed.Token);
        return (Dashboard?)null;
    });

    private Task ExportAsync() => Script.InvokeVoidAsync(
        "liveDash.download", $"{_dashboard!.Id}.dashboard.json", "application/json", Encoding.UTF8.GetString(DashboardJson.Write(_dashboard))).AsTask();

    private void GoTo(Dashboard dashboard) => Navigation.NavigateTo($"/d/{dashboard.Id}");

    private static string Shortened(string name) => name.Length <= Dashboard.MaxName ? name : name[..Dashboard.MaxName];

    // A full disk or a bound is told on the page; the circuit lives on.
    private async Task<Dashboard?> TryAsync(Func<Task<Dashboard?>> change)
    {
        try
        {
            _error = null;
            return await change();
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException or InvalidOperationException)
        {
            _error = "The change was not kept. " + exception.Message;
            return null;
        }
    }
}
