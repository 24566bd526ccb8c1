using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Engine;
using LiveDash.Core.Jobs;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Panels.Charts;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What one can take of a panel: a link to it, a picture of what is on screen, its points, a plot job.</summary>
public sealed partial class ShareDialog : ComponentBase, IAsyncDisposable
{
    // Twice the pixels of a plain screen, so that a picture stays sharp in a document.
    private const int Dpi = 192;
    private readonly CancellationTokenSource _closed = new();
    private string? _said;

    /// <summary>The panel.</summary>
    [Parameter, EditorRequired]
    public required DashboardPanel Panel { get; set; }

    /// <summary>The dashboard's id.</summary>
    [Parameter, EditorRequired]
    public required string DashboardId { get; set; }

    /// <summary>What stands on screen.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>Somebody wants it closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Limits Bounds { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = default!;

    [Inject]
    private LiveEngine Live { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private QueryEngine Engine { get; set; } = default!;

    [Inject]
    private QueryLimits Limits { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string Link => Navigation.ToAbsoluteUri(PanelAddress.FullScreen(DashboardId, Panel.Id, Range)).ToString();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _closed.Dispose();
    }

    private JobRequest RequestOf(PlotSpec plot, TimeRange range) => new()
    {
        Series = Panel.Series,
        Start = LiveDash.Core.Ingestion.TimeText.Format(range.From),
        End = LiveDash.Core.Ingestion.TimeText.Format(range.To),
        Plot = plot,
    };

    // At the panel's steps, or one a pixel, as its chart is.
    private async Task<JobImages> DrawAsync(PanelExpression expression, PlotSpec plot, TimeRange range, IReadOnlyDictionary<string, int> shown)
    {
        var step = Math.Max(Limits.LeastStep(range.To - range.From), expression.Step?.Ticks ?? (range.To - range.From) / plot.Width);
        var result = await Engine.RangeAsync(PromQuery.Parse(expression.Text), (range.From + step - 1) / step * step, range.To, step, Limits, _closed.Token);
        return await Jobs.DrawAsync(plot with { Title = Title }, ExpressionPlot.Of(result, expression.Legend, expression.Text, Catalog, shown), range, _closed.Token);
    }

    // Each series by the aggregate and window of its query; where that is the mean of a pixel, from all points.
    private async Task<JobImages> DrawAsync(PlotSpec plot, TimeRange range)
    {
        if (ChartQueries.AllUsual(Panel.Series, Panel.Queries, Panel.Aggregate, Panel.Window)) return await Jobs.PreviewAsync(RequestOf(plot, range), _closed.Token);
        var queries = ChartQueries.Of(Panel.Series, Panel.Queries, Panel.Aggregate, Panel.Window, range.To - range.From, plot.Width);
        var lines = await ChartReading.ReadAsync(Live, Catalog, queries, range, Bounds.MaxPlotPoints, _closed.Token);
        var unit = ChartQueries.AllCount(Panel.Series, Panel.Queries, Panel.Aggregate) ? null : PlotUnits.OfNames(lines.Select(static line => line.Key.Name));
        return await Jobs.DrawAsync(plot with { Title = Title, Unit = unit }, QueryPlot.Of(lines, Panel.Aggregate, range), range, _closed.Token);
    }

    private string Title => PanelTitle.Of(Panel) is { Length: <= 200 } title ? title : "";

    private async Task SaveAsync(PlotFormat format)
    {
        try
        {
            _said = null;
            var look = await Script.InvokeAsync<ChartLook>("liveDash.lookAt", _closed.Token, $"[data-panel=\"{Panel.Id}\"] .live-chart");
            var now = Clock.GetUtcNow().UtcTicks;
            var range = Range.Past ?? new TimeRange(now - (Panel.Span ?? Range.Span).Ticks, now);
            var plot = new PlotSpec
            {
                Width = Math.Clamp(look.Width, 320, 2000),
                Height = Math.Clamp(look.Height, 200, 1200),
                Dpi = Dpi,
                Theme = look.Dark ? PlotTheme.Dark : PlotTheme.Light,
            };
            var images = Panel.Expression is { } expression ? await DrawAsync(expression, plot, range, look.Colors) : await DrawAsync(plot, range);
            await Script.InvokeVoidAsync("liveDash.download", _closed.Token, PanelAddress.FileName(Panel, JobNames.Of(format)), PlotRenderer.MediaType(format), images.Files[format]);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The dialog is gone.
        }
        catch (JobRequestException exception)
        {
            _said = FaultLines.Of(["No picture:", .. exception.Faults.Select(static fault => fault.Message)]);
        }
        catch (Exception exception) when (exception is PlotException or StoreUnavailableException or QueryException or QuerySyntaxException)
        {
            _said = "No picture: " + exception.Message;
        }
    }
}
