using System.Globalization;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.SeriesList;

/// <summary>What a series is expected to do, how good such forecasts were so far, and when it reaches a value.</summary>
public sealed partial class ForecastBox : LookingComponentBase
{
    private static readonly string[] s_horizons = ["15m", "1h", "6h", "1d"];
    private string _horizon = "1h";
    private string _target = "";
    private DetectorLease? _lease;
    private Prediction _said = Prediction.Unknown;
    private TimeToValue? _reach;
    private bool _isReady;
    private bool _isKnown;
    private long _minute;

    /// <summary>The series, by its number.</summary>
    [Parameter, EditorRequired]
    public required int Series { get; set; }

    [Inject]
    private LiveEngine Engine { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) Lease();
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (_lease is null) return false;
        var (said, isReady) = (_lease.Prediction, _lease.IsReady);
        // A series that fell silent has a forecast still, of a time that has passed; and when a value is reached is counted from now.
        var now = Clock.GetUtcNow().UtcTicks;
        var (isKnown, minute) = (said.IsKnownAt(now), now / TimeSpan.TicksPerMinute);
        if (said == _said && isReady == _isReady && isKnown == _isKnown && minute == _minute) return false;
        (_said, _isReady, _isKnown, _minute) = (said, isReady, isKnown, minute);
        _ = InvokeAsync(ReachAsync);
        return true;
    }

    /// <inheritdoc/>
    protected override void OnClosed() => _lease?.Dispose();

    private void Lease()
    {
        _lease?.Dispose();
        DurationText.TryParse(_horizon, out var horizon);
        (_lease, _said, _isReady, _isKnown) = (Engine.LeaseForecast(Series, horizon), Prediction.Unknown, false, false);
    }

    private void SetHorizon(ChangeEventArgs change)
    {
        _horizon = change.Among(s_horizons, _horizon);
        Lease();
    }

    private async Task SetTargetAsync(string text)
    {
        _target = text.Trim();
        await ReachAsync();
    }

    private async Task ReachAsync()
    {
        _reach = null;
        if (_lease is not { } lease || !double.TryParse(_target, NumberStyles.Float, CultureInfo.InvariantCulture, out var target) || !double.IsFinite(target)) return;
        try
        {
            await lease.WhenReadyAsync(Closed);
            _reach = await lease.TimeToAsync(target, Closed);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        StateHasChanged();
    }

    private static string Said(string horizon) => DurationText.TryParse(horizon, out var span) ? FieldFormat.Duration(span) : horizon;

    private string Figure(double value) => AlertFigure.Text(value, ValueFormat.UnitOf(Catalog[Series]));
}
