using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Exploring;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>
/// Chooses series and a range of stored points, which the browser then streams in by itself. All that is looked at stands in the address, so that a reload,
/// a link and the way back show it again: <c>expr</c> for an expression (<see cref="ExpressionExplorer"/>); else <c>series</c> or <c>collection</c>, <c>range</c> or <c>from</c> and <c>to</c>, <c>plot</c>, <c>view</c>, <c>shape</c>, <c>colors</c>, <c>stats</c>.
/// </summary>
public sealed partial class ExplorePage : ComponentBase
{
    private readonly ExploreChoice _choice = new();
    private string _colors = ColorScales.OfTheme;
    private string? _error;
    private PointExplorer? _explorer;
    private StatisticsSelection? _statistics;
    private bool _hasStatistics;
    private bool _isReady;
    private bool _startsByItself;

    // What the page shows, and the address that it wrote for that itself: any other came by the way back, or by a link.
    private string? _shown;
    private string _own = "";

    /// <summary>Series chosen by the address: it shows their points at once, all that are stored where it names no range.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public string[]? Asked { get; set; }

    /// <summary>The range chosen by the address: <c>all</c>, <c>1h</c>, <c>24h</c>, <c>7d</c>; it shows the points at once, of what is chosen without an address too.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? AskedRange { get; set; }

    /// <summary>Where a range of the address begins.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? AskedFrom { get; set; }

    /// <summary>Where a range of the address ends.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? AskedTo { get; set; }

    /// <summary>The mapped collection chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "collection")]
    public string? AskedCollection { get; set; }

    /// <summary>By which axes: <c>map</c> or <c>time</c>.</summary>
    [SupplyParameterFromQuery(Name = "plot")]
    public string? AskedPlot { get; set; }

    /// <summary>The visible part: minX, maxX, minY, maxY.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? AskedView { get; set; }

    /// <summary>The shape.</summary>
    [SupplyParameterFromQuery(Name = "shape")]
    public string? AskedShape { get; set; }

    /// <summary>The name of a colour scale.</summary>
    [SupplyParameterFromQuery(Name = "colors")]
    public string? AskedColors { get; set; }

    /// <summary>Whether statistics are shown.</summary>
    [SupplyParameterFromQuery(Name = "stats")]
    public string? AskedStatistics { get; set; }

    /// <summary>An expression in the place of points; empty for one that is still to be written.</summary>
    [SupplyParameterFromQuery(Name = "expr")]
    public string? AskedExpr { get; set; }

    /// <summary>The step of the expression.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public string? AskedStep { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private IPointStore Store { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsNamed => Asked is { Length: > 0 } || AskedCollection is { Length: > 0 };

    private ExploreLook Look => ExploreLook.Parse(AskedPlot, AskedView, AskedShape);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (AskedExpr is not null)
        {
            // Whoever comes back to points finds them as the address says.
            (_shown, _own, _statistics, _startsByItself, _explorer) = (null, "", null, false, null);
            return;
        }

        if (Navigation.Uri == _own || Selected == _shown)
        {
            _shown = Selected;
            return;
        }

        (_shown, _own) = (Selected, "");
        _colors = ColorScales.Known(AskedColors);
        _hasStatistics = AskedStatistics is not null;
        string[] initial = Catalog.TryFind("coords", out _) ? ["coords"] : [];
        _startsByItself = (_choice.Take(Asked is { Length: > 0 } ? Asked : AskedCollection is null ? initial : [], AskedCollection, AskedRange, AskedFrom, AskedTo, Zone) || IsNamed) && _choice.IsAny;
        if (_isReady) await StartByItselfAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _isReady = true;
        await StartByItselfAsync();
    }

    // Behind an expression the explorer is there only after the next rendering.
    private async Task StartByItselfAsync()
    {
        if (!_startsByItself || _explorer is null) return;
        _startsByItself = false;
        await StartAsync(Look);
    }

    // What of the address says which points are shown and how; other parameters are of the shell.
    private string Selected => string.Join('\n', [.. Asked ?? [], AskedCollection, AskedRange, AskedFrom, AskedTo, AskedPlot, AskedView, AskedShape, AskedColors, AskedStatistics]);

    private async Task ShowAsync()
    {
        _error = !_choice.IsAny ? "Choose at least one series." : !_choice.HasRange ? "Both times are needed, the second after the first." : null;
        if (_error is not null) return;
        var parameters = new Dictionary<string, object?>(_choice.ToQuery(_choice.Times(Zone, Clock)));
        foreach (var (name, _) in ExploreLook.All.ToQuery()) parameters[name] = null;
        // Another selection is a step that the way back undoes; the first one is not.
        Write(parameters, isStep: IsNamed || AskedRange is not null || AskedFrom is not null);
        await StartAsync(null);
    }

    private async Task StartAsync(ExploreLook? look)
    {
        var range = _choice.Times(Zone, Clock);
        var selection = _choice.Collection.Length > 0 ? PointSelection.OfCollection(_choice.Collection, range) : PointSelection.Make(_choice.Series, range, Catalog, Store);
        _statistics = _choice.Collection.Length > 0 ? null : new StatisticsSelection([.. PointSelection.Choose(_choice.Series, Catalog).Order()], range, "", false, false);
        StateHasChanged();
        await _explorer!.StartAsync(selection, look, _colors);
    }

    private async Task ColorAsync(ChangeEventArgs change)
    {
        _colors = ColorScales.Known(change.Value as string);
        Write(new Dictionary<string, object?> { ["colors"] = _colors.Length > 0 ? _colors : null }, isStep: false);
        await _explorer!.ColorAsync(_colors);
    }

    private void Watch(ExploreGlance glance)
    {
        Write(glance.Look.ToQuery(), isStep: false);
        _statistics = _statistics is null ? null : _statistics with { Geometry = glance.Geometry, OverTime = glance.Mode == "time", IsTooLong = glance.Corners > 0 && glance.Geometry.Length == 0 };
    }

    private void ToggleStatistics(bool open)
    {
        _hasStatistics = open;
        Write(new Dictionary<string, object?> { ["stats"] = open ? "1" : null }, isStep: false);
    }

    private void Write(IReadOnlyDictionary<string, object?> parameters, bool isStep)
    {
        if (Navigation.Keep(parameters, replace: !isStep) is { } address) _own = address;
    }
}
