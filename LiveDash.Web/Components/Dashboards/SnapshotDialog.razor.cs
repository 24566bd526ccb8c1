using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Sharing;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Makes and revokes snapshots of a dashboard. Every handler asks for the role itself.</summary>
public sealed partial class SnapshotDialog : ComponentBase
{
    private IReadOnlyList<Snapshot> _snapshots = [];
    private string _name = "";
    private int _days = 7;
    private string? _made;
    private string? _fault;

    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    /// <summary>What is chosen of its variables.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>The range that the page shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>Closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private SnapshotBook Snapshots { get; set; } = default!;

    [Inject]
    private SnapshotMaker Maker { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => Look();

    private void Look() => _snapshots = Visitor.May(AccountRole.Editor) && Dashboards.MayEdit(Dashboard.Folder) ? [.. Snapshots.All(Time.GetUtcNow()).Where(one => one.Dashboard == Dashboard.Id)] : [];

    private Task FreezeAsync() => TryAsync(async now =>
    {
        var at = Time.GetUtcNow().UtcTicks;
        var (token, _) = await Maker.MakeAsync(now, Values, Range.Past ?? new TimeRange(at - Range.Span.Ticks, at), _name, _days, Visitor.Name ?? "", CancellationToken.None);
        _made = Navigation.BaseUri + "snapshot/" + token;
        _name = "";
    });

    private Task RevokeAsync(Snapshot one) => TryAsync(_ => Snapshots.RevokeAsync(one.Id, CancellationToken.None));

    private async Task TryAsync(Func<Dashboard, Task> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        (_made, _fault) = (null, null);
        // Of a folder that somebody may only look at, or not any more, nothing is handed on.
        if (Dashboards.Find(Dashboard.Id) is not { } now || !Dashboards.MayEdit(now.Folder))
        {
            _fault = "You may not hand on this dashboard.";
            return;
        }

        try
        {
            await change(now);
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            _fault = exception.Message;
        }

        Look();
    }
}
