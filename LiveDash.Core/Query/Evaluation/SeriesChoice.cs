using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Which series a leaf of a tree looks at. Immutable, so safe on any thread.</summary>
internal sealed class SeriesChoice
{
    private readonly IReadOnlyList<LabelMatcher> _matchers;
    private readonly SeriesPattern? _pattern;
    private readonly LabelSet? _exact;

    private SeriesChoice(IReadOnlyList<LabelMatcher> matchers) => (_matchers, Name) = (matchers, SeriesIndex.NameOf(matchers));

    private SeriesChoice(SeriesPattern pattern)
    {
        (_matchers, _pattern) = ([], pattern);
        _exact = pattern.IsExact ? LabelSet.Of(pattern.ExactKey) : null;
        Name = pattern.ExactKey.Name.AsSpan().ContainsAny('*', '?') ? null : pattern.ExactKey.Name;
    }

    /// <summary>The name that they have; null where several names may be chosen.</summary>
    public string? Name { get; }

    /// <summary>Those that have all labels that matchers ask for.</summary>
    public static SeriesChoice Of(IReadOnlyList<LabelMatcher> matchers) => new(matchers);

    /// <summary>Those of a selector.</summary>
    public static SeriesChoice Of(VectorSelector selector) => new(selector.AllMatchers);

    /// <summary>Those that a pattern chooses.</summary>
    public static SeriesChoice Of(SeriesExpr expr) =>
        SeriesPattern.TryParse(expr.Series, out var pattern) ? new(pattern!) : throw new ArgumentException($"'{expr.Series}' is not a series pattern.", nameof(expr));

    /// <summary>Those of all leaves of a tree, from left to right.</summary>
    public static IEnumerable<SeriesChoice> All(QueryExpr expr) => expr switch
    {
        VectorSelector selector => [Of(selector)],
        SeriesExpr series => [Of(series)],
        _ => expr.Children.SelectMany(All),
    };

    /// <summary>Whether it looks at a series of these labels.</summary>
    public bool Matches(LabelSet labels)
    {
        if (_exact is not null) return _exact.Equals(labels);
        if (_pattern is not null) return _pattern.Matches(new SeriesKey(labels.Name, labels.Pairs.Where(static pair => pair.Key != LabelNames.Name)));
        return SeriesIndex.Matches(_matchers, labels);
    }
}
