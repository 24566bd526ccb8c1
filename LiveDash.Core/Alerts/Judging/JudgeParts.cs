using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>What the judges of all shards share.</summary>
/// <param name="Catalog">Names the series.</param>
/// <param name="Limits">Bounds the alerts of a rule.</param>
/// <param name="Board">Joins conditions over shards.</param>
/// <param name="States">What is known of each rule.</param>
/// <param name="Log">Hears what happens.</param>
public sealed record JudgeParts(SeriesCatalog Catalog, Limits Limits, MeasureBoard Board, RuleStates States, IAlertLog Log)
{
    /// <summary>The words of states, of the catalog where not said otherwise.</summary>
    public StateBook Words { get; init; } = Catalog.States;
}
