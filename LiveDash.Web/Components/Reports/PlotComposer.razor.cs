using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using System.Diagnostics;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Reports;

/// <summary>The form of a plot with a live preview. It is drawn a moment after the last change; an older drawing is given up.</summary>
public sealed partial class PlotComposer : ComponentBase, IAsyncDisposable
{
    private const int PreviewPixels = 1000;
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(300);
    private static readonly string[] s_starts = ["now-15m", "now-1h", "now-1d", "now-7d", "2001"];
    private static readonly string[] s_ends = ["now", "2021"];
    private static readonly string[] s_aggregates = ["mean", "sum", "count", "min", "max"];
    private static readonly string[] s_buckets = ["10s", "1m", "5m", "1h", "1d"];
    private static readonly string[] s_widths = ["600", "800", "1200", "1600"];
    private static readonly string[] s_dpis = ["96", "144", "192"];
    private static readonly string[] s_zones = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo"];
    private static readonly string[] s_schedules = ["hourly", "daily 06:30", "*/15 * * * *", "0 8 * * mon-fri", "@weekly", "@monthly"];
    // Fields that are folded away at first.
    private static readonly string[] s_folded = ["title", "yLabel", "width", "height", "dpi", "timeZone"];
    private readonly CancellationTokenSource _closed = new();
    private CancellationTokenSource? _drawing;
    private Task _draw = Task.CompletedTask;
    private PlotDraft? _shown;
    private List<long> _next = [];
    private string? _preview;
    private string? _previewError;
    private string _previewNote = "";
    private string? _seriesError;
    private string? _error;
    private bool _waiting;
    private bool _tried;
    private bool _unfolded;
    private bool _sending;

    /// <summary>What is being filled in.</summary>
    [Parameter, EditorRequired]
    public required PlotDraft Draft { get; set; }

    /// <summary>Closed, with or without a plot.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private JobService Jobs { get; set; } = default!;

    [Inject]
    private PlotBook Plots { get; set; } = default!;

    [Inject]
    private Limits Limits { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private long Now => Clock.GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_drawing is not null) await _drawing.CancelAsync();
        await _draw;
        _drawing?.Dispose();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Draft)) return;
        _shown = Draft;
        _preview = null;
        _error = null;
        _tried = false;
        Changed();
    }

    private bool Has(string field) => Draft.Kind.Fields.Contains(field);

    private void Set(string field, string text)
    {
        Draft[field] = text;
        Changed();
    }

    private void SetName(string text)
    {
        Draft.Name = text.Trim();
        CheckAll();
    }

    private void SetSchedule(string text)
    {
        Draft.Schedule = text;
        CheckAll();
    }

    private void Keep(bool keep)
    {
        Draft.Keep = keep;
        CheckAll();
    }

    private void CheckAll()
    {
        Draft.Check(Limits, Now);
        _next = [.. Draft.NextTimes(Now, 3)];
    }

    private void Changed()
    {
        _seriesError = null;
        CheckAll();
        _drawing?.Cancel();
        if (Draft.Request is not { } request)
        {
            _waiting = false;
            _previewError = _preview is null ? "Something in the form is not right yet." : null;
            return;
        }

        _waiting = true;
        _drawing?.Dispose();
        _drawing = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        _draw = DrawAsync(request, _draw, _drawing.Token);
    }

    private async Task DrawAsync(JobRequest request, Task before, CancellationToken cancellationToken)
    {
        await before;
        try
        {
            await Task.Delay(s_calm, Clock, cancellationToken);
            // Drawn as large as it will be, but with no more pixels than the page has room for.
            var plot = request.Plot;
            var small = request with { Plot = plot with { Dpi = (int)Math.Clamp(96.0 * PreviewPixels / Math.Max(plot.Width, plot.Height), 10, 144) } };
            var watch = Stopwatch.GetTimestamp();
            var images = await Jobs.PreviewAsync(small, cancellationToken);
            var took = Stopwatch.GetElapsedTime(watch);
            _preview = "data:image/png;base64," + Convert.ToBase64String(images.Files[PlotFormat.Png]);
            _previewNote = $"{Counted.Of(images.Points, "point")}, drawn in {Math.Max(1, took.TotalMilliseconds):N0} ms";
            _previewError = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (JobRequestException exception)
        {
            _seriesError = FaultLines.Of(exception.Faults.Where(static f => f.Field == "series").Select(static f => f.Message));
            Fail(FaultLines.Of(exception.Faults.Select(static f => $"{f.Field}: {f.Message}"))!);
        }
        catch (PlotException exception)
        {
            Fail(exception.Message);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or InvalidOperationException or IOException)
        {
            Fail("The preview could not be drawn. " + exception.Message);
        }

        _waiting = false;
        StateHasChanged();
    }

    private void Fail(string error)
    {
        _preview = null;
        _previewNote = "";
        _previewError = error;
    }

    private async Task SubmitAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        _tried = true;
        _error = null;
        CheckAll();
        if (Draft.Keep ? Draft.Definition is null : Draft.Request is null)
        {
            _error = "Not sent: something in the form is not right yet.";
            // What is wrong stands under its field, which has to be seen.
            _unfolded |= s_folded.Any(field => Draft.Fault(field) is not null);
            return;
        }

        _sending = true;
        try
        {
            if (Draft.Keep) await Plots.PutAsync(Draft.Definition!, _closed.Token);
            else await Jobs.SubmitAsync(Draft.Request!, Visitor.Name ?? "pages", null, _closed.Token);
            await OnClose.InvokeAsync();
        }
        catch (JobRequestException exception)
        {
            _error = "Not sent.\n" + FaultLines.Of(exception.Faults.Select(static f => $"{f.Field}: {f.Message}"));
        }
        catch (Exception exception) when (exception is JobQueueFullException or PlotLimitException or StoreFullException or StoreUnavailableException)
        {
            _error = "Not sent. " + exception.Message;
        }
        finally
        {
            _sending = false;
        }
    }
}
