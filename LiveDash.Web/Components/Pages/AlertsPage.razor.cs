using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What is wrong now, what was, and what is muted; follows the alert book.</summary>
public sealed partial class AlertsPage : ComponentBase, IAsyncDisposable
{
    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);
    private AlertListQuery _query = new();
    private AlertListView _view = AlertListView.Empty;
    private ClosedEpisodes _closed = ClosedEpisodes.None;
    private IReadOnlyDictionary<string, AlertSpark> _sparks = new Dictionary<string, AlertSpark>();
    private AlertWatch? _watch;
    private List<Silence>? _undo;
    private string? _open;
    private string? _said;
    private string? _asked;

    /// <summary>Words to search for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>Which alerts.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>In which order.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    /// <summary>Grouped by what.</summary>
    [SupplyParameterFromQuery(Name = "group")]
    public string? Group { get; set; }

    /// <summary>An episode to open.</summary>
    [SupplyParameterFromQuery(Name = "episode")]
    public string? Episode { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    // What the bar of all chosen shows.
    private (int Count, bool CanAcknowledge) Bulk
    {
        get
        {
            if (_chosen.Count == 0) return default;
            var items = ChosenItems;
            return (items.Count, items.Exists(static item => item.CanAcknowledge));
        }
    }

    private List<AlertListItem> ChosenItems => [.. _view.Matching.Where(item => _chosen.Contains(item.Key))];

    private bool CanChooseAll => _view.Total > 1 && _query.Tab != AlertTab.Recent;

    private string Nothing => _query.Text.Length > 0 ? "Nothing has these words in it."
        : _query.Tab switch
        {
            AlertTab.Now => "All quiet: no rule is broken.",
            AlertTab.Silenced => "Nothing is muted.",
            AlertTab.Recent => "No alert has come and gone yet.",
            _ => $"Nothing is {_query.Tab.ToString().ToLowerInvariant()}.",
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null) await _watch.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var asked = $"{Text}\n{Show}\n{Order}\n{Group}\n{Episode}";
        if (asked == _asked) return;
        _asked = asked;
        _query = new AlertListQuery { Text = Text ?? "", Tab = Read<AlertTab>(Show), Order = Read<AlertOrder>(Order), Grouping = Read<AlertGrouping>(Group) };
        if (Episode is { } id && Book.FindEpisode(id) is { } episode)
        {
            _query = _query with { Tab = episode.ResolvedAt is null ? AlertTab.Now : AlertTab.Recent };
            _open = episode.ResolvedAt is null ? episode.AlertId : episode.Id;
        }

        Look();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = new AlertWatch(Book, Clock, () => InvokeAsync(Follow));
    }

    // With a base address a bare "#part" would lead to the first page.
    private string Here(string part) => $"{Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0]}#{part}";

    private void Follow()
    {
        if (Look()) StateHasChanged();
    }

    // True where something else is to be shown. The view is taken over in any case: lines that are not shown can be chosen too.
    private bool Look()
    {
        var before = (_view, Bulk, _closed);
        var episodes = Book.Episodes();
        _view = AlertListView.Of(Book.List(), episodes, Rules.Rules, _query);
        _closed = ClosedEpisodes.Of(episodes, Rules.Rules, Clock.GetUtcNow().UtcTicks);
        if ((_view, Bulk, _closed) == before) return false;
        var sparks = new Dictionary<string, AlertSpark>(StringComparer.Ordinal);
        foreach (var item in _view.Groups.SelectMany(static group => group.Items))
        {
            if (AlertSpark.Of(item, Rules.Rules, Catalog) is { } spark) sparks[item.Key] = spark;
        }

        _sparks = sparks;
        return true;
    }

    private void Ask(AlertListQuery query)
    {
        _query = query;
        Look();
        Navigation.Keep(("q", query.Text), ("show", Written(query.Tab)), ("order", Written(query.Order)), ("group", Written(query.Grouping)), ("episode", null));
    }

    // What is not said, or not known, is the first of its kind.
    private static T Read<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;

    private static string? Written<T>(T value)
        where T : struct, Enum => value.Equals(default(T)) ? null : value.ToString().ToLowerInvariant();

    private void Choose(AlertListItem item, bool chosen)
    {
        if (chosen) _chosen.Add(item.Key);
        else _chosen.Remove(item.Key);
    }

    private void ChooseAll()
    {
        Look();
        _chosen.UnionWith(_view.Matching.Where(static item => item.State != AlertState.Inactive).Select(static item => item.Key));
    }

    private void Toggle(AlertListItem item) => _open = _open == item.Key ? null : item.Key;

    private void Acknowledge(IReadOnlyList<AlertListItem> items)
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        var open = items.Where(static i => i.CanAcknowledge).ToList();
        Desk.Acknowledge(open.Select(static i => i.AlertId));
        Say(open.Count == 1 ? $"{open[0].RuleName} is acknowledged." : $"{open.Count:N0} alerts are acknowledged.", null);
    }

    private void TakeBack(AlertListItem item)
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        Desk.Unacknowledge(item.AlertId);
        Say($"{item.RuleName} needs somebody again.", null);
    }

    private void SilenceAll(IReadOnlyList<AlertListItem> items, SilenceChoice choice)
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        var wanted = SilenceTargets.Of(items, Book.List());
        var made = wanted.Select(target => Desk.Silence(target.RuleId, target.Series, choice)).OfType<Silence>().ToList();
        var what = wanted.Count == 1 ? items[0].RuleName + (wanted[0].Series is null ? ", every series" : "") : $"{items.Count:N0} alerts";
        Say(made.Count < wanted.Count ? $"There are {AlertBook.MaxSilences:N0} silences already; end some first." : $"{what}: silent for {EpisodeWords.Length(choice.For.Ticks)}.", made);
    }

    private void Undo()
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        foreach (var silence in _undo ?? []) Desk.Unsilence(silence.Id);
        Say("Not silenced any more.", null);
    }

    private void Say(string text, List<Silence>? undo)
    {
        (_said, _undo) = (text, undo);
        _chosen.Clear();
        Look();
    }
}
