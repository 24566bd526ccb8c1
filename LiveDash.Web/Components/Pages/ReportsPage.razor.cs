using LiveDash.Core.Accounts;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>
/// Plot jobs and scheduled plots. It follows both books as they change, at most five times a second. The address may carry a plot to begin with:
/// <c>?series=cpu.*&amp;start=now-1h&amp;end=now</c>.
/// </summary>
public sealed partial class ReportsPage : ComponentBase, IAsyncDisposable
{
    private const int PageSize = 24;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);
    private const string All = "all";
    private static readonly (string Name, string Title)[] s_filters = [(All, "All"), ("open", "Open"), ("done", "Done"), ("failed", "Failed")];
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;
    private IReadOnlyList<Job> _jobs = [];
    private IReadOnlyList<Job> _shown = [];
    private IReadOnlyList<PlotState> _plots = [];
    private PlotDraft? _draft;
    private PlotState? _leaving;
    private string? _error;
    private int _most = PageSize;
    private int _waitingJobs;
    private int _changed;

    /// <summary>Series or patterns of a plot to begin with.</summary>
    [SupplyParameterFromQuery]
    public string[]? Series { get; set; }

    /// <summary>Where its range begins.</summary>
    [SupplyParameterFromQuery]
    public string? Start { get; set; }

    /// <summary>Where its range ends.</summary>
    [SupplyParameterFromQuery]
    public string? End { get; set; }

    /// <summary>Which jobs: <c>open</c>, <c>done</c> or <c>failed</c>; all where it is not said.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private JobBook Book { get; set; } = default!;

    [Inject]
    private PlotBook Plots { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Curl => $$"""curl {{Navigation.BaseUri}}submit -d '{"start":"now-1h","end":"now"}'""";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Book.Changed -= Note;
        Plots.Changed -= Note;
        await _closed.CancelAsync();
        await _watch;
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // The address of earlier links; what stands behind it goes along.
        var path = Navigation.ToBaseRelativePath(Navigation.Uri);
        if (path.Split('?')[0] == "reports") Navigation.NavigateTo("plots" + path["reports".Length..], replace: true);
        Book.Changed += Note;
        Plots.Changed += Note;
        Pull();
        if (Series is { Length: > 0 } || Start is not null) _draft = PlotDraft.Of(Series ?? [], Start, End);
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Pull();

    private void Note() => Interlocked.Exchange(ref _changed, 1);

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_pace, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Interlocked.Exchange(ref _changed, 0) == 0) continue;
                Pull();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private void Pull()
    {
        _jobs = Book.List();
        _plots = Plots.All;
        _waitingJobs = Book.Waiting;
        _shown = [.. _jobs.Where(job => Belongs(job, Show ?? All))];
    }

    private void Filter(string name)
    {
        _most = PageSize;
        Navigation.Keep(("show", name == All ? null : name));
    }

    private int Count(string filter) => _jobs.Count(job => Belongs(job, filter));

    private static bool Belongs(Job job, string filter) => filter switch
    {
        "open" => !job.IsFinished,
        "done" => job.Status == JobStatus.Done,
        "failed" => job.Status is JobStatus.Failed or JobStatus.Cancelled,
        _ => true,
    };

    private void Open(PlotDraft draft) => _draft = draft;

    private void CloseDraft()
    {
        _draft = null;
        // Or a reload would open the form again.
        if (Series is { Length: > 0 } || Start is not null) Navigation.NavigateTo("plots", replace: true);
        Pull();
    }

    private Task RunAsync(PlotState plot) => TryAsync(() => Plots.RunAsync(plot.Definition.Name, _closed.Token));

    private Task PauseAsync(PlotState plot) => TryAsync(() => Plots.PutAsync(plot.Definition with { Paused = !plot.Definition.Paused }, _closed.Token));

    private Task DeleteAsync(Job job) => TryAsync(() => Book.DeleteAsync(job.Id, _closed.Token));

    private Task DeletePlotAsync()
    {
        var name = _leaving!.Definition.Name;
        _leaving = null;
        return TryAsync(() => Plots.DeleteAsync(name, _closed.Token));
    }

    // A full disk is told on the page; the circuit lives on.
    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            _error = null;
            await change();
            Pull();
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException or PlotLimitException)
        {
            _error = "The change was not kept. " + exception.Message;
        }
    }
}
