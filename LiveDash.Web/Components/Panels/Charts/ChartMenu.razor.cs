using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Panels.Charts;

/// <summary>What one can make of a chart: a rule that watches it, a plot job, a picture of what is on screen, its points.</summary>
public sealed partial class ChartMenu : ComponentBase, IAsyncDisposable
{
    // Twice the pixels of a plain screen, so that a picture stays sharp in a document.
    private const int Dpi = 192;
    private readonly CancellationTokenSource _closed = new();
    private string? _said;

    /// <summary>Which series: names or patterns.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>How far back it goes, while it is live.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Span { get; set; }

    /// <summary>What stands on screen; null while it is live.</summary>
    [Parameter, EditorRequired]
    public TimeRange? Range { get; set; }

    /// <summary>The chart, for its size; asked late, because it is rendered after its menu.</summary>
    [Parameter, EditorRequired]
    public required Func<ElementReference> Chart { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string Names => string.Join(", ", Series);

    private string JobAddress => $"/reports?{SeriesQuery}&start={Uri.EscapeDataString(Start)}&end={Uri.EscapeDataString(End)}";

    private string SeriesQuery => string.Join('&', Series.Select(static series => "series=" + Uri.EscapeDataString(series)));

    // A live chart's links say "now", which is what is on screen when they are followed.
    private string Start => Range is { } range ? TimeText.Format(range.From) : "now-" + DurationText.Format(Span);

    private string End => Range is { } range ? TimeText.Format(range.To) : "now";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _closed.Dispose();
    }

    private string PointsAddress(string format) =>
        $"/api/points?{SeriesQuery}&from={Uri.EscapeDataString(Start)}&to={Uri.EscapeDataString(End)}&format={format}";

    private string FileName(string extension)
    {
        var name = new string([.. (Series.Count > 0 ? Series[0] : "chart").Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')]).Trim('-');
        return $"{(name.Length is > 0 and <= 80 ? name : "chart")}.{extension}";
    }

    private async Task SaveAsync(PlotFormat format)
    {
        try
        {
            _said = null;
            var look = await Script.InvokeAsync<ChartLook>("liveDash.look", _closed.Token, Chart());
            var now = Clock.GetUtcNow().UtcTicks;
            var range = Range ?? new TimeRange(now - Span.Ticks, now);
            var request = new JobRequest
            {
                Series = Series,
                Start = TimeText.Format(range.From),
                End = TimeText.Format(range.To),
                Plot = new PlotSpec
                {
                    Width = Math.Clamp(look.Width, 320, 2000),
                    Height = Math.Clamp(look.Height, 200, 1200),
                    Dpi = Dpi,
                    Theme = look.Dark ? PlotTheme.Dark : PlotTheme.Light,
                },
            };
            var images = await Jobs.PreviewAsync(request, _closed.Token);
            await Script.InvokeVoidAsync("liveDash.download", _closed.Token, FileName(JobNames.Of(format)), PlotRenderer.MediaType(format), images.Files[format]);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The chart is gone.
        }
        catch (Exception exception) when (exception is JobRequestException or PlotException or StoreUnavailableException)
        {
            _said = "No picture: " + exception.Message;
        }
    }
}
