using LiveDash.Core.Collections;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Exploring;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Chooses whose located points land on the grid, and its size; <c>?series=</c> or <c>?collection=</c>, <c>?width=</c>, <c>?height=</c>, <c>?value=mean</c> and <c>?colors=</c> in the address say what is shown.</summary>
public sealed partial class GridPage : ComponentBase
{
    private string _series = "coords";
    private int _width = 50;
    private int _height = 50;
    private bool _byValue;
    private string _colors = ColorScales.OfTheme;
    private string _collection = "";
    private string? _error;
    private IReadOnlyList<string> _options = [];
    private PointStreamGrid? _grid;

    /// <summary>The series chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public string? Asked { get; set; }

    /// <summary>The mapped collection chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "collection")]
    public string? AskedCollection { get; set; }

    /// <summary>Cells across, chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "width")]
    public int? AskedWidth { get; set; }

    /// <summary>Cells up, chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "height")]
    public int? AskedHeight { get; set; }

    /// <summary>What colours a cell, chosen by the address: <c>mean</c> for the mean value, else the number of points.</summary>
    [SupplyParameterFromQuery(Name = "value")]
    public string? AskedValue { get; set; }

    /// <summary>The name of a colour scale.</summary>
    [SupplyParameterFromQuery(Name = "colors")]
    public string? AskedColors { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CollectionBook Collections { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _series = Asked ?? _series;
        _collection = AskedCollection ?? "";
        _width = AskedWidth ?? _width;
        _height = AskedHeight ?? _height;
        _byValue = AskedValue == "mean";
        _colors = ColorScales.Known(AskedColors);
        _options = [.. SeriesSearch.Find(Catalog, "").Shown.Select(static key => key.ToString())];
    }

    private GridSelection Selection
    {
        get
        {
            var selection = _collection.Length > 0 ? GridSelection.OfCollection(_collection, _width, _height, _byValue) : GridSelection.Make(_series.Trim(), _width, _height, _byValue);
            var unit = _collection.Length == 0 && SeriesPattern.TryParse(_series.Trim(), out var pattern) ? PlotUnits.OfNames(Catalog.Match(pattern!).Select(number => Catalog[number].Name)) : null;
            return selection with { Stops = ColorScales.Stops(_colors), Label = !_byValue ? "Points in a cell" : unit is null ? "Mean value" : $"Mean value, {unit}" };
        }
    }

    // What a MongoDB connection has in the place of the series coords, as /get_points takes it from there.
    private CollectionMap? Coords => _series.Trim() == CollectionBook.Coords && Collections.FindCoords() is { Mode: CollectionMode.Through } map ? map : null;

    private string Hint => "located points; coords is the stream of /get_points" + (Coords is { } map ? $", with {map.Collection} of the connection {map.Connection}" : "");

    // The page waits for it all the same: what comes later lands.
    private string? Unknown => _collection.Length == 0 && Coords is null && _series.Trim() is { Length: > 0 } text && SeriesPattern.TryParse(text, out var pattern) && Catalog.Match(pattern!).Count == 0
        ? $"There is no series {text} yet; what comes later shows."
        : null;

    private async Task ShowAsync()
    {
        _error = _collection.Length > 0 || SeriesPattern.TryParse(_series.Trim(), out _) ? null : "A series is name or name{tag=value}.";
        if (_error is not null) return;
        Write();
        await _grid!.StartAsync(Selection);
    }

    private async Task ColorAsync(ChangeEventArgs change)
    {
        _colors = ColorScales.Known(change.Value as string);
        Write();
        await _grid!.ColorAsync(ColorScales.Stops(_colors));
    }

    // The address names what is shown, so that it can be sent and loaded again.
    private void Write()
    {
        var address = Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["series"] = _collection.Length > 0 ? null : _series.Trim(),
            ["collection"] = _collection.Length > 0 ? _collection : null,
            ["width"] = _width,
            ["height"] = _height,
            ["value"] = _byValue ? "mean" : null,
            ["colors"] = _colors.Length > 0 ? _colors : null,
        });
        if (address != Navigation.Uri) Navigation.NavigateTo(address, replace: true);
    }
}
