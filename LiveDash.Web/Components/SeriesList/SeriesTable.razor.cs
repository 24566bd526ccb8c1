using System.Globalization;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace LiveDash.Web.Components.SeriesList;

/// <summary>
/// Every series with its tags, newest value, a sparkline, its rate and how old the value is. Only the rows on screen exist, and only they are sent; what
/// is sorted by a live figure is sorted anew every few seconds.
/// </summary>
public sealed partial class SeriesTable : LiveComponentBase
{
    private const int SparkColumns = 60;
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _end = new();
    private Virtualize<SeriesRow>? _rows;
    private Task _watching = Task.CompletedTask;
    private SeriesTableView _view = SeriesTableView.Empty;
    private (string, SeriesOrder) _asked = ("", SeriesOrder.Initial);
    private int _known = -1;

    /// <summary>Words that must all stand in the series' text.</summary>
    [Parameter]
    public string Filter { get; set; } = "";

    /// <summary>The order.</summary>
    [Parameter]
    public SeriesOrder Order { get; set; } = SeriesOrder.Initial;

    /// <summary>The series that is open beside; -1 for none.</summary>
    [Parameter]
    public int Chosen { get; set; } = -1;

    /// <summary>How far back the sparklines go.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Another filter.</summary>
    [Parameter]
    public EventCallback<string> OnFilter { get; set; }

    /// <summary>Another order.</summary>
    [Parameter]
    public EventCallback<SeriesOrder> OnOrder { get; set; }

    /// <summary>A series is to be opened.</summary>
    [Parameter]
    public EventCallback<int> OnChosen { get; set; }

    [Inject]
    private IPointStore Store { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    protected override string Kind => "rows";

    /// <inheritdoc/>
    protected override object Shown => Span;

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds };

    private string SpanText => RangeWords.Live(Span);

    private string Said => _view.Rows.Count == _view.Total ? $"{_view.Total:N0} series" : $"{_view.Rows.Count:N0} of {_view.Total:N0} series";

    /// <inheritdoc/>
    protected override void OnInitialized() => _watching = WatchAsync();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_known >= 0 && _asked == (Filter, Order)) return;
        _asked = (Filter, Order);
        await LookAsync();
    }

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns) => new RowsFeed(
        Scope.Engine, Span, SparkColumns, (series, value) => SeriesValue.Text(Scope.Catalog, series, value));

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var before = Panel;
        await base.OnAfterRenderAsync(firstRender);
        // The first rows are provided before the panel is there, and a new panel knows no rows.
        if (Panel != before && _rows is not null) await _rows.RefreshDataAsync();
    }

    /// <inheritdoc/>
    protected override async ValueTask OnDisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private static string Rate(double rate) => rate <= 0 ? "" : rate.ToString(rate >= 100 ? "N0" : rate >= 1 ? "N1" : "0.###", CultureInfo.InvariantCulture);

    private ValueTask<ItemsProviderResult<SeriesRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var items = _view.Rows.Skip(request.StartIndex).Take(request.Count).ToList();
        if (Panel is RowsFeed rows) Scope.Show(rows, [.. items.Select(static row => row.Series)]);
        return ValueTask.FromResult(new ItemsProviderResult<SeriesRow>(items, _view.Rows.Count));
    }

    private async Task LookAsync()
    {
        _known = Scope.Catalog.Count;
        _view = SeriesTableView.Of(Scope.Catalog, Store.GetStats(), Order.Column is "value" or "age" ? Scope.Engine : null, Filter, Order);
        if (_rows is not null) await _rows.RefreshDataAsync();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_beat, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (_known == Scope.Catalog.Count && Order.Column is not ("value" or "age" or "rate")) continue;
                await InvokeAsync(async () =>
                {
                    await LookAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
