using LiveDash.Core.Jobs;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Reports;

/// <summary>One job in the gallery: its image or where it stands, and what one can do with it.</summary>
public sealed partial class JobCard : ComponentBase
{
    private Job? _rendered;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public required Job Job { get; set; }

    /// <summary>Somebody wants a plot like it.</summary>
    [Parameter]
    public EventCallback<Job> OnAgain { get; set; }

    /// <summary>Somebody wants it cancelled or removed.</summary>
    [Parameter]
    public EventCallback<Job> OnDelete { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Image => $"api/jobs/{Job.Id}/image";

    private string Title => Job.Request.Plot.Title is { Length: > 0 } title ? title : Job.Request.Series.Count == 0 ? "Series with most points" : string.Join(", ", Job.Request.Series);

    private string Tone => Job.Status switch
    {
        JobStatus.Done => "ok",
        JobStatus.Failed => "crit",
        JobStatus.Running => "info",
        _ => "",
    };

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        // A job is immutable, so the same one looks the same; a gallery of hundreds then costs only what changed.
        if (ReferenceEquals(_rendered, Job)) return false;
        _rendered = Job;
        return true;
    }
}
