using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>The labels by which series of two sides belong together. Stateless.</summary>
internal static class Signature
{
    /// <summary>Those of a series.</summary>
    public static LabelSet Of(VectorMatching matching, LabelSet labels) =>
        matching.IsOn ? labels.Keep(matching.Labels) : labels.WithoutName().Without(matching.Labels);
}
