using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>And, or, unless: which series the other side has at a step, whatever their values. Stateless.</summary>
internal static class SetOperation
{
    /// <summary>The result at all steps. Writes into the series it gets.</summary>
    public static List<StepSeries> Of(BinaryExpr binary, List<StepSeries> left, List<StepSeries> right, int steps)
    {
        var matching = binary.Matching!;
        if (binary.Operator == BinaryOperator.Or)
        {
            Hide(right, Presence(matching, left, steps), matching, true);
            return SeriesMerge.Of([.. left, .. right]);
        }

        Hide(left, Presence(matching, right, steps), matching, binary.Operator == BinaryOperator.Unless);
        return left;
    }

    private static Dictionary<LabelSet, bool[]> Presence(VectorMatching matching, List<StepSeries> series, int steps)
    {
        var presence = new Dictionary<LabelSet, bool[]>();
        foreach (var one in series)
        {
            var signature = Signature.Of(matching, one.Labels);
            if (!presence.TryGetValue(signature, out var present)) presence[signature] = present = new bool[steps];
            for (var i = 0; i < steps; i++) present[i] |= !one.Values[i].IsAbsent();
        }

        return presence;
    }

    // Takes the values away where the other side is there, or where it is not.
    private static void Hide(List<StepSeries> series, Dictionary<LabelSet, bool[]> presence, VectorMatching matching, bool wherePresent)
    {
        foreach (var one in series)
        {
            var present = presence.GetValueOrDefault(Signature.Of(matching, one.Labels));
            for (var i = 0; i < one.Values.Length; i++)
            {
                if ((present is not null && present[i]) == wherePresent) one.Values[i] = Absence.Mark;
            }
        }
    }
}
