using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The expression of a panel as text, with every fault and its place, what its lines are called, and its step.</summary>
public sealed partial class ExpressionFields : EditTabBase
{
    private IReadOnlyList<string> _faults = [];

    private PanelExpression Expression => Panel.Expression ?? new PanelExpression("");

    private IEnumerable<TimeSpan> Steps =>
        new[] { 1, 5, 15, 30, 60, 300, 900, 3600 }.Select(static seconds => TimeSpan.FromSeconds(seconds)).Union(Expression.Step is { } own ? [own] : []).Order();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        _faults = [];
        if (Expression.Text.Length > 0 || Tried) ExpressionFaults.Read(Edit.Shown.Expression?.Text ?? "", out _faults);
    }

    private void Set(string text, Func<PanelExpression, PanelExpression> change) => Do(text, panel => panel with { Expression = change(panel.Expression ?? new PanelExpression("")) });
}
