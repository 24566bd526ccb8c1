using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>
/// An operator between the series of two sides that belong together, at all steps at once. A group of the side "one" has most often one series, and then the labels of each result stand for all
/// steps; where it has several, each step asks which of them is there. Used by one evaluation.
/// </summary>
internal sealed class VectorJoin(BinaryExpr binary, int steps)
{
    private readonly VectorMatching _matching = binary.Matching!;
    private readonly bool _oneIsLeft = binary.Matching!.Cardinality == MatchCardinality.OneToMany;
    private readonly List<StepSeries> _results = [];

    /// <summary>The result.</summary>
    public List<StepSeries> Of(List<StepSeries> left, List<StepSeries> right)
    {
        if (left.Count == 0 || right.Count == 0) return [];
        var (many, one) = _oneIsLeft ? (right, left) : (left, right);
        var groups = Groups(one, many);
        var isOneToOne = _matching.Cardinality == MatchCardinality.OneToOne;
        var taken = isOneToOne ? new Dictionary<LabelSet, bool[]>() : null;
        foreach (var series in many)
        {
            var signature = Signature.Of(_matching, series.Labels);
            if (!groups.TryGetValue(signature, out var partners)) continue;
            bool[]? matched = null;
            if (taken is not null && !taken.TryGetValue(signature, out matched)) taken[signature] = matched = new bool[steps];
            foreach (var partner in partners) Join(series, partner, matched);
        }

        return SeriesMerge.Of(_results, isOneToOne ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)" : "multiple matches for labels: grouping labels must ensure unique matches");
    }

    private Dictionary<LabelSet, List<StepSeries>> Groups(List<StepSeries> one, List<StepSeries> many)
    {
        var groups = new Dictionary<LabelSet, List<StepSeries>>();
        foreach (var series in one)
        {
            var signature = Signature.Of(_matching, series.Labels);
            if (!groups.TryGetValue(signature, out var group)) groups[signature] = group = [];
            group.Add(series);
        }

        var crowded = groups.Where(static pair => pair.Value.Count > 1).ToList();
        if (crowded.Count == 0) return groups;
        var asked = new bool[steps];
        foreach (var series in many)
        {
            for (var i = 0; i < steps; i++) asked[i] |= !series.Values[i].IsAbsent();
        }

        foreach (var (signature, group) in crowded) CheckUnique(signature, group, asked);
        return groups;
    }

    // At each step at which the other side has anything, one series of the group at most.
    private void CheckUnique(LabelSet signature, List<StepSeries> group, bool[] asked)
    {
        for (var i = 0; i < steps; i++)
        {
            if (!asked[i]) continue;
            StepSeries? first = null;
            foreach (var series in group)
            {
                if (series.Values[i].IsAbsent()) continue;
                if (first is null)
                {
                    first = series;
                    continue;
                }

                var side = _oneIsLeft ? "left" : "right";
                throw new QueryException(QueryErrorKind.Execution, $"found duplicate series for the match group {signature} on the {side} hand-side of the operation: [{series.Labels}, {first.Labels}];many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
    }

    private void Join(StepSeries many, StepSeries one, bool[]? matched)
    {
        double[]? results = null;
        for (var i = 0; i < steps; i++)
        {
            if (many.Values[i].IsAbsent() || one.Values[i].IsAbsent()) continue;
            var (left, right) = _oneIsLeft ? (one.Values[i], many.Values[i]) : (many.Values[i], one.Values[i]);
            var value = Operators.Step(binary.Operator, binary.ReturnsBool, left, right, left);
            if (value.IsAbsent()) continue;
            if (matched is not null && matched[i])
            {
                throw new QueryException(QueryErrorKind.Execution, "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            }

            if (matched is not null) matched[i] = true;
            (results ??= Absence.Steps(steps))[i] = value;
        }

        if (results is not null) _results.Add(new(Labels(many.Labels, one.Labels), results));
    }

    private LabelSet Labels(LabelSet many, LabelSet one)
    {
        var labels = !binary.Operator.IsComparison() || binary.ReturnsBool ? many.WithoutName() : many;
        if (_matching.Cardinality == MatchCardinality.OneToOne) labels = _matching.IsOn ? labels.Keep(_matching.Labels) : labels.Without(_matching.Labels);
        foreach (var label in _matching.Include) labels = labels.With(label, one[label]);
        return labels;
    }
}
