using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LiveDash.Web.Components.Panels.Forecasts;

/// <summary>
/// What the first series of a pattern is expected to do: its past, the forecast with its band at four horizons, how good such forecasts were so far, and when a
/// value is reached. Holds a detector and four forecasts of that series while it is shown.
/// </summary>
public sealed partial class ForecastPanel : LookingComponentBase
{
    // The fan is drawn through so many horizons, each forecast and scored by itself.
    private const int Horizons = 4;
    private const int Columns = 150;
    private static readonly long s_bar = 5 * TimeSpan.TicksPerMinute;
    private readonly List<DetectorLease> _ahead = [];
    private DetectorLease? _past;
    private (string, TimeSpan) _held;
    private int _series = -1;
    private bool _isReady;
    private bool _isKnown;
    private Prediction _said = Prediction.Unknown;
    private ForecastDrawing? _drawing;
    private ElementReference _table;
    private ElementReference _toggle;
    private bool _isTable;
    private bool _moves;
    private TimeToValue? _reach;
    private (long Judged, double? Target, bool IsReady, long Minute) _shown;

    /// <summary>How far ahead a forecast looks where nobody says.</summary>
    public static TimeSpan UsualAhead { get; } = TimeSpan.FromHours(1);

    /// <summary>Which series: its name, or a pattern of which the first is taken.</summary>
    [Parameter, EditorRequired]
    public required string Series { get; set; }

    /// <summary>How far ahead.</summary>
    [Parameter, EditorRequired]
    public required TimeSpan Ahead { get; set; }

    /// <summary>The value to reach, if any.</summary>
    [Parameter]
    public double? Target { get; set; }

    /// <summary>How values are shown.</summary>
    [Parameter]
    public FieldConfig Fields { get; set; } = FieldConfig.Default;

    [Inject]
    private LiveEngine Engine { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    private FieldFormat Format => FieldFormat.Of(Fields, _series < 0 ? ValueUnit.Number : ValueFormat.UnitOf(Catalog[_series]));

    private string Headline => Target is { } target && _reach is { } reach
        ? ForecastWords.Reach(reach, target, Format) + (ForecastWords.Certainty(reach) is { Length: > 0 } certainty ? $" ({certainty})" : "")
        : _isKnown ? $"{Format.Format(_said.Value)} in {FieldFormat.Duration(Ahead)}" : "Cannot be told yet";

    /// <summary>Opens the values behind the drawing as a table, or closes them.</summary>
    public Task ToggleValuesAsync()
    {
        if (_drawing is null) return Task.CompletedTask;
        (_isTable, _moves) = (!_isTable, true);
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!_moves || _drawing is null) return;
        _moves = false;
        await (_isTable ? _table : _toggle).FocusAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A page that is only drawn ahead of its circuit holds nothing.
        if (!RendererInfo.IsInteractive) return;
        Hold();
        Look();
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (_past is null)
        {
            Hold();
            if (_past is null) return false;
        }

        var said = _ahead[^1].Prediction;
        // When a value is reached is counted from now, and what was said of a time that has passed is told no more: both change though no point comes.
        var now = Clock.GetUtcNow().UtcTicks;
        var shown = (said.Judged + said.At, Target, _past.IsReady && _ahead.TrueForAll(static lease => lease.IsReady), now / TimeSpan.TicksPerMinute);
        if (shown == _shown) return false;
        (_shown, _said, _isReady, _isKnown) = (shown, said, shown.Item3, said.IsKnownAt(now));
        _drawing = ForecastDrawing.Of(_past.Since(0), [.. _ahead.Select(static lease => lease.Prediction).Where(one => one.IsKnownAt(now))], Ahead, Target);
        _ = InvokeAsync(ReachAsync);
        return true;
    }

    /// <inheritdoc/>
    protected override void OnClosed() => Drop();

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? ToggleValuesAsync() : Task.CompletedTask;

    private void Hold()
    {
        if (_past is not null && _held == (Series, Ahead)) return;
        Drop();
        _series = SeriesPattern.TryParse(Series, out var pattern) ? Catalog.Match(Catalog.One(pattern!)).Order().Cast<int?>().FirstOrDefault() ?? -1 : -1;
        if (_series < 0) return;
        _held = (Series, Ahead);
        var width = ((Ahead.Ticks * ForecastDrawing.PastHorizons / Columns) + s_bar - 1) / s_bar * s_bar;
        _past = Engine.LeaseDetector(_series, TimeSpan.FromTicks(width), (int)(Ahead.Ticks * ForecastDrawing.PastHorizons / width) + 3);
        for (var i = 1; i <= Horizons; i++) _ahead.Add(Engine.LeaseForecast(_series, Ahead * i / Horizons));
    }

    private void Drop()
    {
        _past?.Dispose();
        foreach (var lease in _ahead) lease.Dispose();
        _ahead.Clear();
        (_past, _said, _drawing, _reach, _isReady, _isKnown, _shown, _isTable) = (null, Prediction.Unknown, null, null, false, false, default, false);
    }

    private async Task ReachAsync()
    {
        if (Target is not { } target || _ahead.Count == 0)
        {
            _reach = null;
            return;
        }

        var lease = _ahead[^1];
        try
        {
            await lease.WhenReadyAsync(Closed);
            var reach = await lease.TimeToAsync(target, Closed);
            // Meanwhile somebody may have asked for another.
            if (_ahead.Count == 0 || !ReferenceEquals(lease, _ahead[^1]) || Target != target) return;
            _reach = reach;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        StateHasChanged();
    }
}
