using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Model;
using LiveDash.Web.Security.Sharing;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Makes and revokes snapshots of a dashboard.</summary>
public sealed partial class SnapshotDialog : HandOnDialogBase
{
    private IReadOnlyList<Snapshot> _snapshots = [];
    private string _name = "";
    private int _days = 7;

    /// <summary>What is chosen of its variables.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>The range that the page shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    [Inject]
    private SnapshotBook Snapshots { get; set; } = default!;

    [Inject]
    private SnapshotMaker Maker { get; set; } = default!;

    /// <inheritdoc/>
    protected override string Refused => "You may not share this dashboard.";

    /// <inheritdoc/>
    protected override void Look(bool may) => _snapshots = may ? [.. Snapshots.All(Time.GetUtcNow()).Where(one => one.Dashboard == Dashboard.Id)] : [];

    private Task FreezeAsync() => TryAsync(async now =>
    {
        var at = Time.GetUtcNow().UtcTicks;
        var (token, _) = await Maker.MakeAsync(now, Values, Range.Past ?? new TimeRange(at - Range.Span.Ticks, at), _name, _days, Visitor.Name ?? "", CancellationToken.None);
        Tell("snapshot/" + token);
        _name = "";
    });

    private Task RevokeAsync(Snapshot one) => TryAsync(_ => Snapshots.RevokeAsync(one.Id, CancellationToken.None));
}
