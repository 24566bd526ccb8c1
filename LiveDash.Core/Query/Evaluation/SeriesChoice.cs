using System.Text.RegularExpressions;
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

    private SeriesChoice(IReadOnlyList<LabelMatcher> matchers)
    {
        _matchers = matchers;
        Key = string.Join(',', matchers);
        Conditions = [.. matchers.Where(static one => !one.MatchesEmpty).Select(static one => one.Kind == MatchKind.Equal ? new LabelCondition(one.Label, one.Value) : new(one.Label, null, value => Matches(one, value)))];
        Only = [.. matchers.Where(static one => !one.MatchesEmpty && one.Only is not null).Select(static one => (one.Label, one.Only!))];
    }

    private SeriesChoice(SeriesPattern pattern)
    {
        (_matchers, _pattern, Key) = ([], pattern, pattern.ToString());
        _exact = pattern.IsExact ? LabelSet.Of(pattern.ExactKey) : null;
        // A tag without a value is no label.
        Conditions = [.. pattern.Conditions.Where(static one => one.Value is not "")];
        Only = [.. Conditions.Where(static one => one.Value is not null).Select(static one => (one.Label, (IReadOnlyCollection<string>)[one.Value!]))];
    }

    /// <summary>Two of the same text choose the same series.</summary>
    public string Key { get; }

    /// <summary>What each series meets that is chosen; there may be others that do.</summary>
    public IReadOnlyList<LabelCondition> Conditions { get; }

    /// <summary>The labels of which few values alone are chosen, with these; the name may be among them.</summary>
    public IReadOnlyList<(string Label, IReadOnlyCollection<string> Values)> Only { get; }

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
    /// <exception cref="QueryException">A regular expression takes too long to say.</exception>
    public bool Matches(LabelSet labels)
    {
        if (_exact is not null) return _exact.Equals(labels);
        if (_pattern is not null) return _pattern.Matches(labels.Name, labels.Pairs);
        for (var i = 0; i < _matchers.Count; i++)
        {
            if (!Matches(_matchers[i], labels[_matchers[i].Label])) return false;
        }

        return true;
    }

    private static bool Matches(LabelMatcher matcher, string value)
    {
        try
        {
            return matcher.Matches(value);
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new QueryException(QueryErrorKind.Limit, $"The regular expression of the matcher on '{matcher.Label}' takes more than {fault.MatchTimeout.TotalSeconds:0.#} s to match one value. Make it simpler.");
        }
    }
}
