using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;
using LiveDash.Core.Statistics;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Exploring;

/// <summary>The statistics of what is selected, while it is open: made anew whenever the selection, the zone or the theme changes; what is superseded is cancelled.</summary>
public sealed partial class StatisticsSection : ComponentBase, IAsyncDisposable
{
    private const string WeekTitle = "Hour and weekday";
    private IReadOnlyList<StatisticsFigure> _figures = [];
    private SelectionStatistics? _found;
    private StatisticsSelection? _asked;
    private string _askedColors = "";
    private string? _fault;
    private bool _isReading;
    private bool _byCount;
    private int _weekSeries;
    private PlotInk? _ink;
    private LatestOnly? _latest;
    private ScriptPart? _script;
    private DotNetObjectReference<StatisticsSection>? _self;

    /// <summary>Of which points; null while nothing is shown.</summary>
    [Parameter]
    public StatisticsSelection? Selection { get; set; }

    /// <summary>The name of a colour scale.</summary>
    [Parameter]
    public string Colors { get; set; } = ColorScales.OfTheme;

    /// <summary>True while the panels are shown; closed it reads nothing.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>Asked to open or to close.</summary>
    [Parameter]
    public EventCallback<bool> OnToggle { get; set; }

    [Inject]
    private StatisticsReader Reader { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string State => !IsOpen ? "closed" : _isReading ? "reading" : _fault is not null ? "failed" : _found is null ? "empty" : _found.Points == 0 ? "empty" : "shown";

    private string Note
    {
        get
        {
            if (_isReading) return "Reading the points…";
            if (_fault is not null) return _fault;
            if (Selection is null) return "Show the points of stored series above; their statistics come here.";
            if (_found is null) return "";
            if (_found.Points == 0) return "No point lies in this selection.";
            var of = Selection.Geometry.Length > 0 ? " within the shape" : "";
            var left = _found.LeftOut > 0 ? $" of the {_found.Series.Count} series with most points; {_found.LeftOut:N0} more {(_found.LeftOut == 1 ? "is" : "are")} left out" : "";
            var pair = _found.Series.Count < 2 ? " Choose two or more series to see how they move together." : "";
            var kept = _found.Summaries is { } summaries ? $" Some of them are {summaries}: {(_found.CountsAll ? "number, mean, least and greatest are of all points, the rest of the last of each step" : "the last of each step")}." : "";
            return $"{Counted.Of(_found.Points, "point")}{of}{left}.{kept}{pair}";
        }
    }

    /// <summary>Called by the script when the theme changes.</summary>
    [JSInvokable]
    public Task OnInkAsync(PlotInk ink) => InvokeAsync(() =>
    {
        _ink = ink;
        Draw();
        StateHasChanged();
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Zone.Changed -= ReadAgain;
        if (_latest is not null) await _latest.DisposeAsync();
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _latest = new LatestOnly(Clock, TimeSpan.FromMilliseconds(200));
        Zone.Changed += ReadAgain;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!IsOpen) return;
        if (!Equals(_asked, Selection)) Read();
        else if (_askedColors != Colors) Draw();
        _askedColors = Colors;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _script = new ScriptPart(Script, "./js/plot-ink.js");
        if (!await _script.AttachAsync(_self)) return;
        _ink = await _script.Object!.InvokeAsync<PlotInk>("read");
        Draw();
        StateHasChanged();
    }

    private void ReadAgain() => _ = InvokeAsync(() =>
    {
        if (IsOpen) Read();
        StateHasChanged();
    });

    private void Read()
    {
        _asked = Selection;
        _fault = null;
        if (Selection is not { } selection || selection.IsTooLong)
        {
            (_found, _figures, _isReading) = (null, [], false);
            if (Selection?.IsTooLong == true) _fault = "The shape has more corners than this page can send; POST /api/statistics takes it as GeoJSON.";
            return;
        }

        _isReading = true;
        var zone = Zone.Zone;
        _latest!.Ask(async cancellation =>
        {
            var (found, fault) = await FindAsync(selection, zone, cancellation);
            await InvokeAsync(() =>
            {
                if (cancellation.IsCancellationRequested) return;
                (_found, _fault, _isReading) = (found, fault, false);
                Draw();
                StateHasChanged();
            });
        });
    }

    private async Task<(SelectionStatistics? Found, string? Fault)> FindAsync(StatisticsSelection selection, TimeZoneInfo zone, CancellationToken cancellation)
    {
        try
        {
            Shape? shape = null;
            if (selection.Geometry.Length > 0)
            {
                using var json = JsonDocument.Parse(selection.Geometry);
                shape = GeoJson.Parse(json.RootElement);
            }

            var request = new StatisticsRequest { Series = selection.Series, Range = selection.Range, Shape = shape, Plane = selection.OverTime ? ShapePlane.TimeValue : ShapePlane.Location, Zone = zone };
            return (await Reader.ReadAsync(request, cancellation), null);
        }
        catch (Exception fault) when (fault is StatisticsException or GeometryException or StoreUnavailableException)
        {
            return (null, fault.Message);
        }
    }

    private void Draw()
    {
        if (_found is not { Points: > 0 } found || _ink is null)
        {
            _figures = [];
            return;
        }

        if (!found.Series.Any(one => one.Series == _weekSeries)) _weekSeries = found.Series[0].Series;
        var unit = PlotUnits.OfNames(found.Series.Select(one => Catalog[one.Series].Name));
        var figures = new StatisticsFigures(found, Catalog, _ink, unit is null ? "value" : $"value, {unit}", Zone.Zone, ColorScales.Stops(Colors));
        List<StatisticsFigure> made = [figures.Histogram(), figures.Box(), figures.Distribution(), figures.Week(_weekSeries, _byCount)];
        if (figures.Correlation() is { } correlation) made.Add(correlation);
        _figures = made;
    }

    private void WeekSeries(ChangeEventArgs change)
    {
        if (!int.TryParse(change.Text(), CultureInfo.InvariantCulture, out var series)) return;
        _weekSeries = series;
        Draw();
    }

    private void WeekValue(ChangeEventArgs change)
    {
        _byCount = change.Value is "count";
        Draw();
    }
}
