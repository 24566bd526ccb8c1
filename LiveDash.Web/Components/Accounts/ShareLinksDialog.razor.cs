using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Sharing;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>Makes and revokes addresses by which one dashboard is looked at without an account. Every handler asks for the role itself.</summary>
public sealed partial class ShareLinksDialog : ComponentBase
{
    private IReadOnlyList<ShareLink> _links = [];
    private string _name = "";
    private string _password = "";
    private int _days;
    private string? _made;
    private string? _fault;

    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    /// <summary>What is chosen of its variables: what a new address is fixed to.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>Closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private ShareBook Shares { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _links = Visitor.May(AccountRole.Editor) && Dashboards.MayEdit(Dashboard.Folder) ? Shares.Of(Dashboard.Id) : [];

    private Task MakeAsync() => TryAsync(async () =>
    {
        var now = Time.GetUtcNow();
        var hash = _password.Length > 0 ? Services.GetRequiredService<SharedCookies>().Hash(_password[..Math.Min(_password.Length, 256)]) : null;
        var token = await Shares.MakeAsync(
            new ShareLink
            {
                Id = "", Dashboard = Dashboard.Id, Name = _name.Trim()[..Math.Min(_name.Trim().Length, 60)], PasswordHash = hash,
                ExpiresAt = _days > 0 ? now.AddDays(Math.Min(_days, 3650)) : null, MadeAt = now, MadeBy = Visitor.Name ?? "", Variables = Values,
            },
            CancellationToken.None);
        _made = Navigation.BaseUri + "share/" + token;
        (_name, _password) = ("", "");
    });

    private Task RevokeAsync(ShareLink link) => TryAsync(() => Shares.RevokeAsync(link.Id, CancellationToken.None));

    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        (_made, _fault) = (null, null);
        // Of a folder that somebody may only look at, or not any more, nothing is handed on.
        if (Dashboards.Find(Dashboard.Id) is not { } now || !Dashboards.MayEdit(now.Folder))
        {
            _fault = "You may not share this dashboard.";
            return;
        }

        try
        {
            await change();
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            _fault = exception.Message;
        }

        _links = Shares.Of(Dashboard.Id);
    }
}
