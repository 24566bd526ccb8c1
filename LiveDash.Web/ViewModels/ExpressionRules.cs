using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Tells which rules are about what a panel's expression shows: those that are it, and those that compare it with a threshold, in either grammar. Pure.</summary>
public static class ExpressionRules
{
    /// <summary>The rules in force that are about an expression.</summary>
    public static IReadOnlyList<RuleModel> Of(IEnumerable<RuleModel> rules, QueryExpr expr)
    {
        var shown = Texts(expr).ToHashSet(StringComparer.Ordinal);
        return [.. rules.Where(rule => !rule.Config.Paused && Texts(rule).Any(shown.Contains))];
    }

    /// <summary>Whether a rule is about an expression.</summary>
    public static bool IsAbout(RuleModel rule, QueryExpr expr) => Texts(rule).Intersect(Texts(expr), StringComparer.Ordinal).Any();

    // A panel may show the vector, and the rule compare it, or the other way round.
    private static IEnumerable<string> Texts(QueryExpr expr)
    {
        yield return Plain(expr);
        if (QueryThreshold.Of(expr) is { } threshold) yield return Plain(threshold.Vector);
    }

    private static IEnumerable<string> Texts(RuleModel rule) =>
        rule.Query is { } query ? Texts(query) : rule.Expression.Condition.Leaves.OfType<Comparison>().Select(static leaf => new WindowExpr(leaf.Aggregate, leaf.Series, leaf.Window).ToString());

    private static string Plain(QueryExpr expr)
    {
        while (expr is ParenExpr paren) expr = paren.Inner;
        return expr.ToString();
    }
}
