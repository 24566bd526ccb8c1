using LiveDash.Core.Jobs;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every worker that draws plot jobs, once a second.</summary>
public sealed partial class WorkersPage : LookingComponentBase
{
    private IReadOnlyList<JobWorkerState> _workers = [];

    [Inject]
    private IJobQueue Queue { get; set; } = default!;

    [Inject]
    private JobBook Book { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    /// <inheritdoc/>
    protected override bool Look()
    {
        _workers = Queue.Workers;
        return true;
    }
}
