using System.Text.RegularExpressions;

namespace LiveDash.Core.Query.Tree;

/// <summary>
/// A condition on one label of a series; a label that is not there counts as empty. Regular expressions are RE2's (<see cref="Re2Syntax"/>), hold for the whole value and are matched in linear time.
/// Immutable, so safe on any thread.
/// </summary>
public sealed class LabelMatcher : IEquatable<LabelMatcher>
{
    private readonly Regex? _regex;
    // Of a pattern that is nothing but texts side by side, as most are: no engine needs to run over each series.
    private readonly HashSet<string>? _texts;

    /// <summary>Makes a matcher.</summary>
    /// <exception cref="ArgumentException">The regular expression cannot be read; the message says why.</exception>
    public LabelMatcher(string label, MatchKind kind, string value)
    {
        (Label, Kind, Value) = (label, kind, value);
        if (kind is MatchKind.Regex or MatchKind.NotRegex)
        {
            if (Re2Syntax.Texts(value) is { } texts) _texts = new(texts, StringComparer.Ordinal);
            else _regex = Re2Syntax.Anchored(value);
        }

        MatchesEmpty = Matches("");
    }

    /// <summary>The label's name; <c>__name__</c> for the series' own.</summary>
    public string Label { get; }

    /// <summary>How it compares.</summary>
    public MatchKind Kind { get; }

    /// <summary>What it compares with.</summary>
    public string Value { get; }

    /// <summary>True where a series without the label matches.</summary>
    public bool MatchesEmpty { get; }

    /// <summary>The only values that match, where those are few and said one by one; null for any other matcher.</summary>
    internal IReadOnlyCollection<string>? Only => Kind switch
    {
        MatchKind.Equal => [Value],
        MatchKind.Regex => _texts,
        _ => null,
    };

    /// <summary>Whether a value matches.</summary>
    public bool Matches(string value) => Kind switch
    {
        MatchKind.Equal => value == Value,
        MatchKind.NotEqual => value != Value,
        MatchKind.Regex => MatchesPattern(value),
        _ => !MatchesPattern(value),
    };

    private bool MatchesPattern(string value) => _texts?.Contains(value) ?? _regex!.IsMatch(value);

    /// <inheritdoc/>
    public bool Equals(LabelMatcher? other) => other is not null && Kind == other.Kind && Label == other.Label && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelMatcher);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Label, Kind, Value);

    /// <summary>The matcher as PromQL.</summary>
    public override string ToString() => ExprText.LabelName(Label) + Kind switch
    {
        MatchKind.Equal => "=",
        MatchKind.NotEqual => "!=",
        MatchKind.Regex => "=~",
        _ => "!~",
    } + ExprText.Quote(Value);
}
