using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Web.Components.Panels.Charts;
using LiveDash.Web.Components.Panels.Forecasts;
using LiveDash.Web.Components.Panels.Grids;
using LiveDash.Web.Components.Panels.States;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What a panel shows: the one place that knows which component stands for which kind.</summary>
public sealed partial class PanelBody : ComponentBase
{
    private ChartPanel? _chart;
    private StatesPanel? _states;
    private GridPanel? _grid;
    private ForecastPanel? _forecast;
    private QueryExpr? _expr;
    private IReadOnlyList<string> _faults = [];

    /// <summary>The panel.</summary>
    [Parameter, EditorRequired]
    public required DashboardPanel Panel { get; set; }

    /// <summary>The stretch of time that the dashboard shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while the dashboard stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>Why a number is what it is, while an alert is open; else null.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Since when.</summary>
    [Parameter]
    public string? Since { get; set; }

    /// <summary>Somebody zoomed into a chart (the stretch) or out again (null).</summary>
    [Parameter]
    public EventCallback<TimeRange?> OnZoom { get; set; }

    // A span of the panel's own holds while live; a past range is one for the whole page.
    private TimeSpan Span => Range.IsLive ? Panel.Span ?? Range.Span : Range.Span;

    private DateTimeOffset? From => Range.Past is { } past ? new DateTimeOffset(past.From, TimeSpan.Zero) : null;

    private DateTimeOffset? To => Range.Past is { } past ? new DateTimeOffset(past.To, TimeSpan.Zero) : null;

    /// <inheritdoc/>
    protected override void OnParametersSet() =>
        (_expr, _faults) = Panel.Expression is { } expression ? (ExpressionFaults.Read(expression.Text, out var faults), faults) : (null, []);

    /// <summary>Opens the values behind what is drawn as a table, or closes them; numbers, tables and images have none.</summary>
    public Task ToggleValuesAsync() => Panel.Kind switch
    {
        PanelKind.States => _states?.ToggleValuesAsync(),
        PanelKind.Grid => _grid?.ToggleValuesAsync(),
        PanelKind.Forecast => _forecast?.ToggleValuesAsync(),
        _ => _chart?.ToggleValuesAsync(),
    } ?? Task.CompletedTask;
}
