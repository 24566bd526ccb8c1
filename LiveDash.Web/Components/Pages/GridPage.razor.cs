using LiveDash.Core.Model;
using LiveDash.Web.Components.Exploring;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Chooses whose located points land on the grid, and its size; <c>?series=</c>, <c>?width=</c> and <c>?height=</c> in the address choose at the start.</summary>
public sealed partial class GridPage : ComponentBase
{
    private string _series = "coords";
    private int _width = 50;
    private int _height = 50;
    private bool _byValue;
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

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _series = Asked ?? _series;
        _collection = AskedCollection ?? "";
        _width = AskedWidth ?? _width;
        _height = AskedHeight ?? _height;
        _options = [.. SeriesSearch.Find(Catalog, "").Shown.Select(static key => key.ToString())];
    }

    private GridSelection Selection => _collection.Length > 0
        ? GridSelection.OfCollection(_collection, _width, _height, _byValue)
        : GridSelection.Make(_series.Trim(), _width, _height, _byValue);

    // The page waits for it all the same: what comes later lands.
    private string? Unknown => _collection.Length == 0 && _series.Trim() is { Length: > 0 } text && SeriesPattern.TryParse(text, out var pattern) && Catalog.Match(pattern!).Count == 0
        ? $"There is no series {text} yet; what comes later shows."
        : null;

    private async Task ShowAsync()
    {
        _error = _collection.Length > 0 || SeriesPattern.TryParse(_series.Trim(), out _) ? null : "A series is name or name{tag=value}.";
        if (_error is null) await _grid!.StartAsync(Selection);
    }
}
