using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Exploring;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>Chooses series and a range of stored points, which the browser then streams in by itself. <c>?series=</c> in the address chooses at the start.</summary>
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

    /// <summary>Series chosen by the address.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public string[]? Asked { get; set; }

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
    private IJSRuntime Script { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _collection = AskedCollection ?? "";
        if (Asked is { Length: > 0 }) _series.AddRange(Asked.Where(static text => text.Length > 0).Distinct().Take(20));
        else if (Catalog.TryFind("coords", out _)) _series.Add("coords");
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
        var range = await RangeAsync();
        await _explorer!.StartAsync(_collection.Length > 0 ? PointSelection.OfCollection(_collection, range) : PointSelection.Make(_series, range, Catalog, Store));
    }

    private async Task<TimeRange> RangeAsync()
    {
        if (_range.Length == 0) return TimeRange.All;
        if (_range == Between) return new TimeRange(await TicksAsync(_from!.Value), await TicksAsync(_to!.Value));
        var now = Clock.GetUtcNow().UtcTicks;
        var span = _range switch { "1h" => TimeSpan.FromHours(1), "24h" => TimeSpan.FromHours(24), _ => TimeSpan.FromDays(7) };
        return new TimeRange(now - span.Ticks, now);
    }

    // Only the browser knows its time zone.
    private async Task<long> TicksAsync(DateTime local)
    {
        var text = await Script.InvokeAsync<string>("liveDash.toUtc", local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks;
    }
}
