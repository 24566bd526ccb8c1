using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Exploring;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Chooses series and a range of stored points, which the browser then streams in by itself. <c>?series=</c>, <c>?range=</c>, <c>?from=</c> and <c>?to=</c> in the address choose at the start.</summary>
public sealed partial class ExplorePage : ComponentBase
{
    private const string Between = "between";
    private static readonly (string Value, string Text)[] s_ranges =
        [("", "All that is stored"), ("1h", "Last hour"), ("24h", "Last 24 hours"), ("7d", "Last 7 days"), (Between, "Between two times…")];

    private readonly List<string> _series = [];
    private string _range = "";
    private string _collection = "";
    private DateTime? _from;
    private DateTime? _to;
    private string? _error;
    private PointExplorer? _explorer;
    private bool _startsByItself;

    /// <summary>Series chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public string[]? Asked { get; set; }

    /// <summary>The range chosen by the address: <c>all</c>, <c>1h</c>, <c>24h</c>, <c>7d</c>; it shows the points at once.</summary>
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

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _collection = AskedCollection ?? "";
        if (Asked is { Length: > 0 }) _series.AddRange(Asked.Where(static text => text.Length > 0).Distinct().Take(20));
        else if (Catalog.TryFind("coords", out _)) _series.Add("coords");
        if (ViewRange.Parse(null, AskedFrom, AskedTo).Past is { } past) (_range, _from, _to) = (Between, Zone.Local(past.From), Zone.Local(past.To));
        else if (s_ranges.Any(range => range.Value == AskedRange && AskedRange != Between)) _range = AskedRange!;
        _startsByItself = _series.Count + _collection.Length > 0 && (_range.Length > 0 || AskedRange == "all");
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _startsByItself) await ShowAsync();
    }

    private async Task ShowAsync()
    {
        if (_series.Count == 0 && _collection.Length == 0)
        {
            _error = "Choose at least one series.";
            return;
        }

        if (_range == Between && (_from is null || _to is null || _to <= _from))
        {
            _error = "Both times are needed, the second after the first.";
            return;
        }

        _error = null;
        var range = Range();
        Remember(range);
        await _explorer!.StartAsync(_collection.Length > 0 ? PointSelection.OfCollection(_collection, range) : PointSelection.Make(_series, range, Catalog, Store));
    }

    private TimeRange Range()
    {
        if (_range.Length == 0) return TimeRange.All;
        if (_range == Between) return new TimeRange(Zone.FromLocal(_from!.Value).UtcTicks, Zone.FromLocal(_to!.Value).UtcTicks);
        var now = Clock.GetUtcNow().UtcTicks;
        var span = _range switch { "1h" => TimeSpan.FromHours(1), "24h" => TimeSpan.FromHours(24), _ => TimeSpan.FromDays(7) };
        return new TimeRange(now - span.Ticks, now);
    }

    // The address names what is shown, so that it can be sent and loaded again.
    private void Remember(TimeRange range)
    {
        var isBetween = _range == Between;
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
            {
                ["series"] = _collection.Length > 0 ? null : _series.ToArray(),
                ["collection"] = _collection.Length > 0 ? _collection : null,
                ["range"] = isBetween ? null : _range.Length == 0 ? "all" : _range,
                ["from"] = isBetween ? IsoText.Of(range.From) : null,
                ["to"] = isBetween ? IsoText.Of(range.To) : null,
            }),
            replace: true);
    }
}
