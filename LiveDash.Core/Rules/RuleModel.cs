using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>A rule, checked and ready to be judged. Immutable, so safe on any thread.</summary>
public sealed class RuleModel
{
    // What it looks at: of an expression all selectors, else all conditions.
    private readonly IReadOnlyList<SeriesChoice> _choices;
    private readonly IReadOnlyList<SeriesPattern> _patterns;

    internal RuleModel(RuleConfig config, RuleExpression expression, Severity severity)
    {
        Config = config;
        Expression = expression;
        Severity = severity;
        var leaves = expression.Condition.Leaves.ToList();
        Driver = leaves.Find(static leaf => !PatternOf(leaf).IsExact) ?? leaves[0];
        Pattern = PatternOf(Driver);
        _choices = Query is { } expr ? [.. SeriesChoice.All(expr)] : [];
        _patterns = Query is null ? [.. leaves.Select(PatternOf)] : [];
        Judged = Driver is not QueryCondition query ? null : expression.Clear is { } clear && query.Threshold is { } threshold ? threshold.Relaxed(clear) : query.Query;
        Meaning = string.Join('|', config.IsRecording ? $"{config.Record}={expression}" : expression, config.StaleAfter, config.OnMissing, config.OnNoData, config.OnError, config.AllowPartial);
    }

    /// <summary>What the user wrote.</summary>
    public RuleConfig Config { get; }

    /// <summary>The condition and its times.</summary>
    public RuleExpression Expression { get; }

    /// <summary>The severity where no step says another.</summary>
    public Severity Severity { get; }

    /// <summary>The condition whose series make the instances: the first with a wildcard, or else the first.</summary>
    public SeriesCondition Driver { get; }

    /// <summary>The driver's series: each that matches has an alert instance of its own.</summary>
    public SeriesPattern Pattern { get; }

    /// <summary>Two rules with the same meaning judge alike, whatever their names: a change of it ends what the rule had open.</summary>
    public string Meaning { get; }

    /// <summary>How long a series may send nothing before it counts as missing.</summary>
    public TimeSpan StaleAfter { get; internal init; }

    /// <summary>What becomes of the alert of a missing series: resolved, or kept.</summary>
    public bool ResolvesMissing { get; internal init; }

    /// <summary>What becomes of its alerts when all its series are missing.</summary>
    public GapPolicy OnNoData { get; internal init; }

    /// <summary>What becomes of an alert when judging keeps failing.</summary>
    public GapPolicy OnError { get; internal init; }

    /// <summary>The rule's lasting name.</summary>
    public string Id => Config.Id;

    /// <summary>The expression of a rule in PromQL; null for one in the other grammar.</summary>
    public QueryExpr? Query => (Driver as QueryCondition)?.Query;

    /// <summary>What is evaluated of it: where it is over at another threshold than it begins, all that is not over.</summary>
    public QueryExpr? Judged { get; }

    /// <summary>How often a recording rule keeps its result.</summary>
    public TimeSpan Interval { get; internal init; }

    /// <summary>True when the lowest value is the worst of an episode.</summary>
    public bool IsDownward =>
        Driver is Comparison { Comparator: var comparator } ? comparator.IsDownward() : Driver is QueryCondition { Threshold.Comparator: var sign } && sign.IsDownward();

    /// <summary>Whether it looks at a series, by any of its conditions or, in PromQL, by any selector. One whose regular expression takes too long to say does not.</summary>
    public bool Watches(SeriesKey series)
    {
        if (_choices.Count == 0) return _patterns.Any(pattern => pattern.Matches(series));
        LabelSet? labels = null;
        try
        {
            // Most name their metric: of series with another name no labels have to be made.
            return _choices.Any(choice => choice.Only.All(only => only.Label != LabelNames.Name || only.Values.Contains(series.Name)) && choice.Matches(labels ??= LabelSet.Of(series)));
        }
        catch (QueryException)
        {
            return false;
        }
    }

    private static SeriesPattern PatternOf(SeriesCondition leaf) =>
        SeriesPattern.TryParse(leaf.Series, out var pattern) ? pattern! : throw new ArgumentException($"'{leaf.Series}' is not a series pattern.", nameof(leaf));
}
