using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>An episode in full: the chart around it with its stretch shaded, and what happened when.</summary>
public sealed partial class EpisodePanel : ComponentBase
{
    private string[] _series = [];
    private Episode? _episode;
    private RuleModel? _rule;
    private TimeRange? _range;
    private ValueUnit _unit;
    private (string?, long?)? _drawn;
    private string _why = "";
    private string _fires = "";
    private string _clears = "";

    /// <summary>The alert.</summary>
    [Parameter, EditorRequired]
    public required AlertListItem Item { get; set; }

    /// <summary>It is to be closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    // Of states a line between their numbers would say what never was.
    private bool IsState => Catalog.TryFind(Item.Series, out var series) && Catalog.States.ContentOf(series) == SeriesContent.States;

    private string Summary
    {
        get
        {
            var to = _episode!.ResolvedAt ?? Clock.GetUtcNow().UtcTicks;
            return $"{(_episode.ResolvedAt is null ? "Open for" : "Took")} {EpisodeWords.Length(to - _episode.FiredAt)}, {Item.WorstLabel} {Item.Worst}.";
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _episode = Item.Episode is { } id ? Book.FindEpisode(id) : null;
        _rule = Rules.Rules.Find(Item.RuleId);
        (_fires, _clears) = ("", "");
        if (_rule is not null && SeriesKey.TryParse(Item.Series, out var series))
        {
            _fires = AlertFigure.Why(_rule, series!, Item.Severity, recovers: false);
            var clears = AlertFigure.Why(_rule, series!, Item.Severity, recovers: true);
            _clears = clears.StartsWith("clears ", StringComparison.Ordinal) ? clears["clears ".Length..] : clears;
        }

        if (SeriesKey.TryParse(Item.Series, out var key)) _unit = _rule is null ? ValueFormat.UnitOf(key!) : AlertFigure.UnitOf(_rule.Driver, key!);
        if (_drawn == (Item.Episode, Item.Until)) return;
        // The chart stands still while the episode goes on; only its end makes it another.
        _drawn = (Item.Episode, Item.Until);
        _series = [Item.Series];
        _range = _episode is null ? null : EpisodeWords.Around(_episode.FiredAt, _episode.ResolvedAt, Clock.GetUtcNow().UtcTicks);
    }

    private void Acknowledge()
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        Desk.Acknowledge([Item.AlertId], _why);
        _why = "";
        _episode = Item.Episode is { } id ? Book.FindEpisode(id) : null;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
