using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Storage;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>All dashboards as cards: those with a star first, then by folder and name. Which have a star, and when one was seen, the browser remembers.</summary>
public sealed partial class DashboardsPage : ComponentBase, IDisposable
{
    private const string WithStar = "With a star";
    private string? _error;
    private bool _loaded;
    private bool _naming;
    private string? _granting;

    /// <summary>Words that stand in the name or the folder.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Book { get; set; } = default!;

    [Inject]
    private GrantBook Grants { get; set; } = default!;

    [Inject]
    private DashboardMarks Marks { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private IEnumerable<IGrouping<string, Dashboard>> Groups => _loaded
        ? Book.All
            .Where(dashboard => (dashboard.Name + " " + dashboard.Folder).Contains((Text ?? "").Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(dashboard => Marks.IsStarred(dashboard.Id))
            .ThenBy(static dashboard => dashboard.Name, StringComparer.OrdinalIgnoreCase)
            .GroupBy(dashboard => Marks.IsStarred(dashboard.Id) ? WithStar : dashboard.Folder)
            .OrderByDescending(static group => group.Key == WithStar)
            .ThenBy(static group => group.Key, StringComparer.OrdinalIgnoreCase)
        : [];

    private string WhoSees(string folder) => Grants.Of(folder) is not { } held ? "Everybody sees it" : held.Grants.Count == 0 ? "Administrators alone see it" : "Some see it";

    private bool MayGrant => Visitor.AsksWho && Visitor.May(AccountRole.Administrator);

    private IReadOnlyList<string> Folders => [.. Book.All.Select(static dashboard => dashboard.Folder).Where(static folder => folder.Length > 0).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnBookChanged;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await Book.LoadAsync(default);
        Book.Changed += OnBookChanged;
        _loaded = true;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Marks.LoadAsync();
        StateHasChanged();
    }

    private void OnBookChanged() => _ = InvokeAsync(StateHasChanged);

    private string Said(Dashboard dashboard)
    {
        var panels = dashboard.Panels.Count == 1 ? "1 panel" : $"{dashboard.Panels.Count} panels";
        if (dashboard.IsAutomatic) panels += ", makes itself";
        if (Marks.SeenAt(dashboard.Id) is not { } seen) return panels;
        var ago = Clock.GetUtcNow() - seen;
        return $"{panels}, seen {(ago < TimeSpan.FromMinutes(1) ? "just now" : ViewModels.FieldFormat.Duration(TimeSpan.FromMinutes((int)ago.TotalMinutes)) + " ago")}";
    }

    private async Task CreateAsync((string Name, string Folder) named)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        _naming = false;
        try
        {
            var created = await Book.CreateAsync(named.Name, named.Folder, default);
            Navigation.NavigateTo($"d/{created.Id}");
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException or InvalidOperationException)
        {
            _error = "It was not made. " + exception.Message;
        }
    }
}
