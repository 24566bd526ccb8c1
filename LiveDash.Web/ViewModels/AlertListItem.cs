using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>One line of the list: an alert that is not inactive, or an episode that is over. Immutable, equal by what it shows.</summary>
public sealed record AlertListItem
{
    /// <summary>Names the line while it stands.</summary>
    public required string Key { get; init; }

    /// <summary>The alert's id.</summary>
    public required string AlertId { get; init; }

    /// <summary>The episode's id; null while pending.</summary>
    public required string? Episode { get; init; }

    /// <summary>The rule's id.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary>The series' canonical text.</summary>
    public required string Series { get; init; }

    /// <summary>How much it matters, or mattered at its worst.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Where it stands; inactive for an episode that is over.</summary>
    public required AlertState State { get; init; }

    /// <summary>Whether it can be judged.</summary>
    public AlertHealth Health { get; init; }

    /// <summary>The figure now; the worst figure of an episode that is over.</summary>
    public required string Figure { get; init; }

    /// <summary>The worst figure of its episode.</summary>
    public required string Worst { get; init; }

    /// <summary>What <see cref="Worst"/> is: of a state's episode the word that it fired with, as words have no worst.</summary>
    public string WorstLabel { get; init; } = "at worst";

    /// <summary>Why it is where it is, such as <c>above 300 ms</c> or <c>clears at 250 ms</c>; empty where that is not known any more.</summary>
    public string Border { get; init; } = "";

    /// <summary>When it fired, or while pending began, in UTC ticks.</summary>
    public required long Since { get; init; }

    /// <summary>When it was over; null while it goes on.</summary>
    public long? Until { get; init; }

    /// <summary>Why it was over.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it began.</summary>
    public AlertCause Cause { get; init; }

    /// <summary>True once somebody has taken note.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>True while muted.</summary>
    public bool IsSilenced { get; init; }

    /// <summary>True while it changes too often to be news.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>True while an episode is open.</summary>
    public bool IsOpen => State is AlertState.Firing or AlertState.Recovering;

    /// <summary>True while somebody may acknowledge it.</summary>
    public bool CanAcknowledge => IsOpen && !IsAcknowledged;

    /// <summary>An alert that is not inactive.</summary>
    public static AlertListItem Of(Alert alert) => new()
    {
        Key = alert.Id,
        AlertId = alert.Id,
        Episode = alert.Episode,
        RuleId = alert.Rule.Id,
        RuleName = alert.Rule.Config.Name,
        Series = alert.Series.ToString(),
        Severity = alert.Severity,
        State = alert.State,
        Cause = alert.Cause,
        Health = alert.Health,
        Figure = AlertFigure.Value(alert),
        Worst = AlertFigure.Peak(alert),
        Border = AlertFigure.Why(alert),
        Since = alert.IsOpen ? alert.FiredAt : alert.ActiveAt,
        IsAcknowledged = alert.IsAcknowledged,
        IsSilenced = alert.IsSilenced,
        IsFlapping = alert.IsFlapping,
    };

    /// <summary>An episode that is over; its rule, where it still stands, says what its figures measure.</summary>
    public static AlertListItem Of(Episode episode, RuleModel? rule)
    {
        var unit = SeriesKey.TryParse(episode.Series, out var key) ? rule is null ? ValueFormat.UnitOf(key!) : AlertFigure.UnitOf(rule.Driver, key!) : ValueUnit.Number;
        // What it was when it fired: what it is now that it is over was not the worst.
        var word = episode.Events.FirstOrDefault(static one => one.Text is not null)?.Text;
        var worst = word ?? AlertFigure.Text(episode.Peak ?? double.NaN, unit);
        return new()
        {
            Key = episode.Id,
            AlertId = episode.AlertId,
            Episode = episode.Id,
            RuleId = episode.RuleId,
            RuleName = episode.RuleName,
            Series = episode.Series,
            Severity = episode.Severity,
            State = AlertState.Inactive,
            Figure = worst,
            Worst = worst,
            WorstLabel = word is null ? "at worst" : "fired as",
            Border = episode.Why ?? "",
            Since = episode.FiredAt,
            Until = episode.ResolvedAt,
            Reason = episode.Reason,
            Cause = episode.Cause,
            IsAcknowledged = episode.Acknowledgement is not null,
        };
    }
}
