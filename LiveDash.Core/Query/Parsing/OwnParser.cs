using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

/// <summary>
/// Reads a condition of LiveDash's own text into the tree, by recursive descent: <c>or</c> binds least, then <c>and</c>, then <c>not</c>. What stands behind the condition is left. Used by one thread.
/// </summary>
internal sealed class OwnParser(OwnText text)
{
    /// <summary>How deep conditions may nest.</summary>
    private const int MaxDepth = 32;

    /// <summary>How many conditions may be joined.</summary>
    private const int MaxLeaves = 32;

    private readonly OwnCalls _calls = new(text);
    private int _leaves;

    /// <summary>Reads it.</summary>
    /// <exception cref="Stop">It cannot be read; tells the place.</exception>
    public QueryExpr Condition()
    {
        var condition = Or(0);
        if (_leaves > 1 && IsOfGroups(condition))
        {
            throw OwnText.FaultAt(0, "A condition on the series of a tag together, 'by host', stands alone: it has an alert a value of the tag.");
        }

        return condition;
    }

    private static bool IsOfGroups(QueryExpr expr) => expr is AnomalyExpr { By: not null } || expr.Children.Any(IsOfGroups);

    private QueryExpr Or(int depth)
    {
        var left = And(depth);
        while (text.TryWord("or")) left = Join(BinaryOperator.Or, left, And(depth));
        return left;
    }

    private QueryExpr And(int depth)
    {
        var left = Not(depth);
        while (text.TryWord("and")) left = Join(BinaryOperator.And, left, Not(depth));
        return left;
    }

    private QueryExpr Not(int depth)
    {
        if (depth > MaxDepth) throw text.Fault($"Conditions nest at most {MaxDepth} deep.");
        var start = text.Next;
        if (text.TryWord("not"))
        {
            var negated = Not(depth + 1);
            return new NotExpr(negated) { Position = start, End = negated.End };
        }

        if (!text.TryChar('(')) return Leaf();
        var inner = Or(depth + 1);
        text.Expect(')', "the condition");
        return inner;
    }

    private QueryExpr Leaf() => ++_leaves > MaxLeaves ? throw text.Fault($"A rule joins at most {MaxLeaves} conditions.") : _calls.Condition();

    private static BinaryExpr Join(BinaryOperator op, QueryExpr left, QueryExpr right) =>
        new(op, left, right, OwnPrinter.Matching(op, left, right), false) { Position = left.Position, End = right.End };
}
