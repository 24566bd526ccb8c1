using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace LiveDash.Web.Components.Panels.Tables;

/// <summary>
/// A table of all series, or of those that patterns choose, with live values and sparklines. Only the rows on screen exist, and only they are sent.
/// Several words in the filter must all occur in the series' text; case does not matter.
/// </summary>
public sealed partial class SeriesGrid : LiveComponentBase
{
    private readonly ChangeSignal _newSeries = new();
    private readonly CancellationTokenSource _end = new();
    private Virtualize<int>? _rows;
    private IDisposable? _listening;
    private Task _watching = Task.CompletedTask;
    private List<int> _found = [];
    private string _filter = "";

    /// <summary>Which series: names or patterns; empty for all.</summary>
    [Parameter]
    public IReadOnlyList<string> Series { get; set; } = [];

    /// <summary>How far back the sparklines go.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A past range in the place of what is live, or null.</summary>
    [Parameter]
    public TimeRange? Range { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "rows";

    /// <inheritdoc/>
    protected override object Shown => (Span, Range);

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds, range = ScriptRange };

    private double[]? ScriptRange => Range is { } range ? [FrameWriter.ToMilliseconds(range.From), FrameWriter.ToMilliseconds(range.To)] : null;

    private string SpanText => RangeWords.Live(Span);

    private string Said => _found.Count == 1 ? "1 series" : $"{_found.Count:N0} series";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _listening = Scope.Engine.ListenToNewSeries(_newSeries);
        _watching = WatchAsync(_end.Token);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Find();

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns) => new RowsFeed(
        Scope.Engine, Span, 60, (series, value) => SeriesValue.Text(Scope.Catalog, series, value), Range);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var before = Panel;
        await base.OnAfterRenderAsync(firstRender);
        if (Panel != before && before is not null) await TellAsync("setRange", Span.TotalMilliseconds, ScriptRange);
        // The first rows are provided before the panel is there, and a new panel knows no rows.
        if (Panel != before && _rows is not null) await _rows.RefreshDataAsync();
    }

    /// <inheritdoc/>
    protected override async ValueTask OnDisposeAsync()
    {
        _listening?.Dispose();
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private ValueTask<ItemsProviderResult<int>> ProvideAsync(ItemsProviderRequest request)
    {
        var items = _found.Skip(request.StartIndex).Take(request.Count).ToList();
        if (Panel is RowsFeed rows) Scope.Show(rows, items);
        return ValueTask.FromResult(new ItemsProviderResult<int>(items, _found.Count));
    }

    private void Find()
    {
        var patterns = Series.Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).OfType<SeriesPattern>().ToList();
        var words = _filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var catalog = Scope.Catalog;
        _found = [.. Enumerable.Range(0, catalog.Count)
            .Where(series => Series.Count == 0 || patterns.Exists(pattern => pattern.Matches(catalog[series])))
            .Where(series => Array.TrueForAll(words, word => catalog[series].ToString().Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(series => catalog[series].ToString(), StringComparer.Ordinal)];
    }

    private async Task OnFilterAsync(ChangeEventArgs change)
    {
        _filter = change.Value as string ?? "";
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        Find();
        if (_rows is not null) await _rows.RefreshDataAsync();
        StateHasChanged();
    }

    // New series are rare; a burst of them is one look.
    private async Task WatchAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                await _newSeries.WaitAsync(end);
                await InvokeAsync(RefreshAsync);
                await Task.Delay(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (OperationCanceledException)
        {
            // The component is gone.
        }
    }
}
