using LiveDash.Core.Accounts;
using LiveDash.Core.Storage.Backups;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Secrets;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>The backups there are, when the next is due, and a button for one now: an administrator's.</summary>
public sealed partial class BackupsPage : ComponentBase, IDisposable
{
    private IReadOnlyList<BackupFile> _files = [];
    private DateTimeOffset? _next;
    private string? _said;
    private bool _isFault;
    private bool _isMaking;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private BackupKeeper Keeper { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    private string KeyPath => Services.GetRequiredService<KeyFile>().Path;

    /// <inheritdoc/>
    public void Dispose()
    {
        Keeper.Made -= OnMade;
        Zone.Changed -= OnZone;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Keeper.Made += OnMade;
        Zone.Changed += OnZone;
        Look();
    }

    private static string Words(TimeSpan interval) =>
        interval.TotalDays >= 1 ? interval.TotalDays == 1 ? "day" : $"{interval.TotalDays:0.#} days" : interval.TotalHours >= 1 ? $"{interval.TotalHours:0.#} h" : $"{interval.TotalMinutes:0.#} min";

    private void Look() => (_files, _next) = Visitor.May(AccountRole.Administrator) ? (Keeper.Files(), Keeper.NextAt) : ([], null);

    private void OnMade(BackupOutcome outcome) => OnZone();

    private void OnZone() => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private async Task MakeAsync()
    {
        if (Visitor.Refuses(AccountRole.Administrator) || _isMaking) return;
        _isMaking = true;
        try
        {
            var outcome = await Keeper.MakeAsync(CancellationToken.None);
            _isFault = outcome.Fault is not null;
            _said = outcome.Fault ?? $"Made in {outcome.Took.TotalSeconds:0.0} s: {Counted.Of(outcome.Report!.Points, "point")} and {Counted.Of(outcome.Report.Documents, "document")}.";
        }
        finally
        {
            _isMaking = false;
        }

        Look();
    }
}
