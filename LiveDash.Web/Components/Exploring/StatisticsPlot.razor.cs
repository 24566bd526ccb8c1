using Microsoft.AspNetCore.Components;
using Plotly.Blazor;

namespace LiveDash.Web.Components.Exploring;

/// <summary>A panel of statistics: its figure, drawn by Plotly, and the table of its values.</summary>
public sealed partial class StatisticsPlot : ComponentBase
{
    private static readonly Config s_config = new() { DisplayModeBar = Plotly.Blazor.ConfigLib.DisplayModeBarEnum.False, Responsive = true };
    private readonly Dictionary<string, object> _attributes = [];
    private PlotFigure? _chart;
    private StatisticsFigure? _drawn;
    private bool _isOpen;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public object Shown { get; set; } = default!;

    /// <summary>What stands beside the title.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    private StatisticsFigure Figure => (StatisticsFigure)Shown;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _attributes["role"] = "img";
        _attributes["aria-label"] = $"{Figure.Title}. {Figure.Says} The values stand in the table below.";
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_drawn, Figure)) return;
        _drawn = Figure;
        // The first one the chart draws by itself.
        if (!firstRender) await _chart!.React();
    }
}
