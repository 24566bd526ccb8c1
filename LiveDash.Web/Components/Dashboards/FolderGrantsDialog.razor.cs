using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Storage;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Says who sees and changes the dashboards of a folder. Every handler asks for the role itself.</summary>
public sealed partial class FolderGrantsDialog : ComponentBase
{
    private IReadOnlyList<FolderGrant>? _grants;
    private string _group = "";
    private string _person = "";
    private GrantLevel _level;
    private string? _fault;
    private IReadOnlyList<ShareLink> _links = [];
    private IReadOnlyList<Snapshot> _snapshots = [];

    /// <summary>The folder.</summary>
    [Parameter, EditorRequired]
    public string Folder { get; set; } = "";

    /// <summary>Closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private GrantBook Grants { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private ShareBook Shares { get; set; } = default!;

    [Inject]
    private SnapshotBook Snapshots { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private IReadOnlyList<string> Groups => [.. Accounts.All.SelectMany(static user => user.Groups).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Visitor.May(AccountRole.Administrator)) Look();
        else _grants = [];
    }

    // Who sees it, and by which addresses its dashboards are looked at besides.
    private void Look()
    {
        var now = Time.GetUtcNow();
        var ids = Dashboards.All.Where(one => one.Folder.Equals(Folder, StringComparison.OrdinalIgnoreCase)).Select(static one => one.Id).ToHashSet();
        _grants = Grants.Of(Folder)?.Grants;
        _links = [.. ids.SelectMany(Shares.Of).Where(link => Shares.Find(link.Id, now) is not null)];
        _snapshots = [.. Snapshots.All(now).Where(one => ids.Contains(one.Dashboard))];
    }

    private static string Count(int count, string one) => count == 1 ? $"a {one}" : $"{count} {one}s";

    private string NameOf(string who) => Accounts.Find(who)?.Name ?? (who.StartsWith(ProxyBegin, StringComparison.Ordinal) ? who[ProxyBegin.Length..] : "somebody who is gone");

    private const string ProxyBegin = "proxy:";

    private Task AddAsync() => TryAsync(() =>
    {
        var (group, person) = (_group.Trim(), _person.Trim());
        if ((group.Length == 0) == (person.Length == 0)) throw new AccountRuleException("Name a group or a person.");
        if (group.Length > 60 || person.Length > 200) throw new AccountRuleException("A name is too long: a group has at most 60 characters, a person 200.");
        // What a browser sends is one of the accounts, or nothing is done.
        if (person.Length > 0 && Visitor.Mode == SecurityMode.Accounts && Accounts.Find(person) is null) throw new AccountRuleException("There is no such account any more.");
        if (!Enum.IsDefined(_level)) return Task.CompletedTask;
        var who = group.Length > 0 ? group : Visitor.Mode == SecurityMode.Accounts ? person : ProxyBegin + person;
        var grant = new FolderGrant(group.Length > 0, who, _level);
        (_group, _person) = ("", "");
        return Grants.ChangeAsync(Folder, known => [.. (known ?? []).Where(other => other.IsGroup != grant.IsGroup || !other.Who.Equals(grant.Who, StringComparison.OrdinalIgnoreCase)), grant], CancellationToken.None);
    });

    private Task RemoveAsync(FolderGrant grant) => TryAsync(() => Grants.ChangeAsync(Folder, known => known is null ? null : [.. known.Where(other => other != grant)], CancellationToken.None));

    private Task CloseFolderAsync() => TryAsync(() => Grants.PutAsync(Folder, [], CancellationToken.None));

    private Task OpenFolderAsync() => TryAsync(() => Grants.PutAsync(Folder, null, CancellationToken.None));

    private Task RevokeAsync() => TryAsync(async () =>
    {
        foreach (var link in _links) await Shares.RevokeAsync(link.Id, CancellationToken.None);
        foreach (var one in _snapshots) await Snapshots.RevokeAsync(one.Id, CancellationToken.None);
    });

    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Administrator)) return;
        _fault = null;
        try
        {
            await change();
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            _fault = exception.Message;
        }

        Look();
    }
}
