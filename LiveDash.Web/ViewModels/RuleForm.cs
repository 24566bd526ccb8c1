using System.Text;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// A rule's text as form fields, and back, without loss: conditions joined all by <c>and</c> or all by <c>or</c>, with the times, the clear threshold and
/// the severity steps. Immutable. Rules that nest deeper are edited as text.
/// </summary>
public sealed record RuleForm
{
    /// <summary>The conditions; at least one.</summary>
    public required IReadOnlyList<RuleFormLine> Lines { get; init; }

    /// <summary>True where one of them is enough, false where all must hold.</summary>
    public bool Any { get; init; }

    /// <summary>How long it must hold; empty for at once.</summary>
    public string For { get; init; } = "";

    /// <summary>How long it must be gone; empty for at once.</summary>
    public string Keep { get; init; } = "";

    /// <summary>The threshold at which it is over; empty for the threshold itself.</summary>
    public string Clear { get; init; } = "";

    /// <summary>Further thresholds with the severity from there on.</summary>
    public IReadOnlyList<(string Severity, string Threshold)> Steps { get; init; } = [];

    /// <summary>True where a clear threshold and severity steps make sense.</summary>
    public bool HasSteps => Lines.Count == 1 && Lines[0] is { Kind: RuleFormKind.Compare, Not: false, Sign: ">" or ">=" or "<" or "<=" };

    /// <summary>The fields of a rule; null where it nests deeper than the form can show.</summary>
    public static RuleForm? From(RuleExpression expression)
    {
        var lines = new List<RuleFormLine>();
        var any = expression.Condition is AnyOf;
        if (!TryFlatten(expression.Condition, any, lines)) return null;
        return new()
        {
            Lines = lines,
            Any = any,
            For = Text(expression.For),
            Keep = Text(expression.Keep),
            Clear = expression.Clear is { } clear ? RuleFormLine.Number(clear) : "",
            Steps = [.. expression.Steps.Select(static s => (s.Severity.ToString().ToLowerInvariant(), RuleFormLine.Number(s.Threshold)))],
        };
    }

    /// <summary>The rule's text; whether it is right is for <see cref="RuleExpression.TryParse"/> to say.</summary>
    public string ToText()
    {
        var text = new StringBuilder(string.Join(Any ? " or " : " and ", Lines.Select(static line => line.ToText())));
        if (HasSteps)
        {
            foreach (var (severity, threshold) in Steps) text.Append(' ').Append(severity).Append(' ').Append(threshold.Trim());
        }

        if (!string.IsNullOrWhiteSpace(For)) text.Append(" for ").Append(For.Trim());
        if (!string.IsNullOrWhiteSpace(Keep)) text.Append(" keep ").Append(Keep.Trim());
        if (HasSteps && !string.IsNullOrWhiteSpace(Clear)) text.Append(" clear ").Append(Clear.Trim());
        return text.ToString();
    }

    /// <summary>The form with another line in that place.</summary>
    public RuleForm With(int index, RuleFormLine line) => this with { Lines = [.. Lines.Select((old, i) => i == index ? line : old)] };

    /// <summary>The form with another step in that place.</summary>
    public RuleForm WithStep(int index, (string Severity, string Threshold) step) => this with { Steps = [.. Steps.Select((old, i) => i == index ? step : old)] };

    /// <inheritdoc/>
    public bool Equals(RuleForm? other) => other is not null && ToText() == other.ToText() && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override int GetHashCode() => ToText().GetHashCode(StringComparison.Ordinal);

    private static string Text(TimeSpan span) => span > TimeSpan.Zero ? DurationText.Format(span) : "";

    private static bool TryFlatten(Condition condition, bool any, List<RuleFormLine> into)
    {
        switch (condition)
        {
            case AllOf all when !any:
                return TryFlatten(all.Left, any, into) && TryLeaf(all.Right, into);
            case AnyOf either when any:
                return TryFlatten(either.Left, any, into) && TryLeaf(either.Right, into);
            default:
                return TryLeaf(condition, into);
        }
    }

    private static bool TryLeaf(Condition condition, List<RuleFormLine> into)
    {
        var leaf = condition as SeriesCondition ?? (condition as Negation)?.Inner as SeriesCondition;
        // What has no fields of its own is edited as text.
        if (leaf is null or Forecasted or Outlier or Anomaly { By: not null }) return false;
        into.Add(RuleFormLine.From(leaf, condition is Negation));
        return true;
    }
}
