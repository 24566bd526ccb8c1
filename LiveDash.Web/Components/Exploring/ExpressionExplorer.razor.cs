using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Exploring;

/// <summary>
/// What an expression yields, live or over the range of the app bar. What is looked at stands in the address, <c>expr</c>, <c>step</c> and the range, so that a reload, a link and the way back show it again.
/// </summary>
public sealed partial class ExpressionExplorer : ComponentBase, IDisposable
{
    private static readonly FieldConfig s_fields = FieldConfig.Default with { Legend = LegendKind.Table };
    private static readonly string[] s_steps = ["1s", "5s", "15s", "30s", "1m", "5m", "15m", "1h"];
    private string _text = "";
    private string _step = "";
    private QueryExpr? _expr;
    private TimeSpan? _every;
    private IReadOnlyList<string> _faults = [];
    private (string, string?) _taken;

    /// <summary>The expression that the address names; empty for none yet.</summary>
    [Parameter, EditorRequired]
    public required string Expr { get; set; }

    /// <summary>The step that the address names, such as <c>15s</c>; null for a pixel.</summary>
    [Parameter]
    public string? Step { get; set; }

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IEnumerable<string> Steps => s_steps.Contains(_step) || _step.Length == 0 ? s_steps : s_steps.Append(_step);

    private DashboardPanel AsPanel => new() { Id = "expression", Kind = PanelKind.Chart, Expression = new PanelExpression(Expr, "", _every) };

    /// <inheritdoc/>
    public void Dispose() => Time.Changed -= OnTimeChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Time.Changed += OnTimeChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_taken == (Expr, Step)) return;
        _taken = (Expr, Step);
        (_text, _faults, _expr) = (Expr, [], null);
        var wrong = DashboardPanelJson.CheckStep(Step, out _every);
        _step = _every is { } every ? DurationText.Format(every) : "";
        if (Expr.Length > 0) _expr = ExpressionFaults.Read(Expr, out _faults);
        if (wrong is not null) _faults = [.. _faults, "Step: " + wrong];
    }

    private void Show()
    {
        ExpressionFaults.Read(_text, out _faults);
        if (_faults.Count > 0) return;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["expr"] = _text.Trim(), ["step"] = _step.Length > 0 ? _step : null }));
    }

    private void Zoom(TimeRange? range)
    {
        if (range is { } zoom) Time.Show(new ViewRange { Span = TimeSpan.FromTicks(zoom.To - zoom.From), Past = zoom });
        else Time.BackToLive();
    }

    private void OnTimeChanged() => _ = InvokeAsync(StateHasChanged);

    private static DateTimeOffset? Moment(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
