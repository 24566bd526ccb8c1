using System.Globalization;
using System.Text;

namespace LiveDash.Core.Query.Tree;

/// <summary>Writes a tree as PromQL. Parentheses are those of the tree, and those without which another tree would be read. Stateless.</summary>
internal static class ExprPrinter
{
    /// <summary>The text of a tree.</summary>
    public static string Print(QueryExpr expr)
    {
        var text = new StringBuilder();
        Write(text, expr);
        return text.ToString();
    }

    private static void Write(StringBuilder text, QueryExpr expr)
    {
        switch (expr)
        {
            case NumberLiteral number:
                text.Append(ExprText.Number(number.Value));
                break;
            case StringLiteral literal:
                text.Append(ExprText.Quote(literal.Value));
                break;
            case VectorSelector selector:
                Selector(text, selector);
                Shift(text, selector.Shift);
                break;
            case MatrixSelector matrix:
                Selector(text, matrix.Selector);
                text.Append('[').Append(ExprText.Duration(matrix.Range)).Append(']');
                Shift(text, matrix.Selector.Shift);
                break;
            case SubqueryExpr subquery:
                Guarded(text, subquery.Inner, subquery.Inner is BinaryExpr or UnaryExpr or NumberLiteral { Value: < 0 });
                text.Append('[').Append(ExprText.Duration(subquery.Range)).Append(':');
                if (subquery.Step > 0) text.Append(ExprText.Duration(subquery.Step));
                text.Append(']');
                Shift(text, subquery.Shift);
                break;
            case ParenExpr paren:
                Guarded(text, paren.Inner, true);
                break;
            case UnaryExpr unary:
                text.Append(unary.Negates ? '-' : '+');
                Guarded(text, unary.Inner, unary.Inner is NotExpr or BinaryExpr { Operator: not BinaryOperator.Power });
                break;
            case BinaryExpr binary:
                Binary(text, binary);
                break;
            case AggregateExpr aggregate:
                Aggregate(text, aggregate);
                break;
            case CallExpr call:
                text.Append(call.Function.Name);
                List(text, call.Arguments);
                break;
            case SeriesExpr series:
                text.Append(series.Text);
                break;
            case NotExpr not:
                text.Append("not ");
                Guarded(text, not.Inner, not.Inner is not (ParenExpr or NotExpr or SeriesExpr));
                break;
        }
    }

    private static void Guarded(StringBuilder text, QueryExpr expr, bool guarded)
    {
        if (guarded) text.Append('(');
        Write(text, expr);
        if (guarded) text.Append(')');
    }

    private static void List(StringBuilder text, IReadOnlyList<QueryExpr> arguments)
    {
        text.Append('(');
        for (var i = 0; i < arguments.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, arguments[i]);
        }

        text.Append(')');
    }

    private static void Selector(StringBuilder text, VectorSelector selector)
    {
        var outside = selector.Name is { } name && ExprText.IsPlainName(name) && !Keywords.IsNumber(name);
        if (outside) text.Append(selector.Name);
        var inside = selector.Matchers.Select(static one => one.ToString()).ToList();
        if (!outside && selector.Name is not null) inside.Insert(0, ExprText.Quote(selector.Name));
        if (!outside || inside.Count > 0) text.Append('{').AppendJoin(',', inside).Append('}');
    }

    private static void Shift(StringBuilder text, TimeShift shift)
    {
        _ = shift.Anchor switch
        {
            TimeAnchor.Fixed => text.Append(" @ ").Append(((shift.At - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerSecond).ToString("0.000####", CultureInfo.InvariantCulture)),
            TimeAnchor.Start => text.Append(" @ start()"),
            TimeAnchor.End => text.Append(" @ end()"),
            _ => text,
        };
        if (shift.Offset != 0) text.Append(" offset ").Append(ExprText.Duration(shift.Offset));
    }

    private static void Binary(StringBuilder text, BinaryExpr binary)
    {
        var own = binary.Operator.Precedence();
        var isRight = binary.Operator == BinaryOperator.Power;
        Guarded(text, binary.Left, Precedence(binary.Left) is var left && (left < own || (left == own && isRight)));
        text.Append(' ').Append(binary.Operator.Text());
        if (binary.ReturnsBool) text.Append(" bool");
        if (binary.Matching is { } matching) Matching(text, matching);
        text.Append(' ');
        var guarded = binary.Right switch
        {
            // A sign takes no more than a power behind it, so it may stand on the right of anything.
            UnaryExpr or NumberLiteral => false,
            var right => Precedence(right) is var precedence && (precedence < own || (precedence == own && !isRight)),
        };
        Guarded(text, binary.Right, guarded);
    }

    private static int Precedence(QueryExpr expr) => expr switch
    {
        BinaryExpr binary => binary.Operator.Precedence(),
        UnaryExpr => BinaryOperators.SignPrecedence,
        // It takes the comparison behind it, and no set operator.
        NotExpr => BinaryOperator.And.Precedence(),
        NumberLiteral { Value: var value } when double.IsInfinity(value) || double.IsNegative(value) => BinaryOperators.SignPrecedence,
        _ => int.MaxValue,
    };

    private static void Matching(StringBuilder text, VectorMatching matching)
    {
        if (matching.IsOn || matching.Labels.Count > 0) Labels(text.Append(matching.IsOn ? " on " : " ignoring "), matching.Labels);
        if (matching.Cardinality is not (MatchCardinality.ManyToOne or MatchCardinality.OneToMany)) return;
        text.Append(matching.Cardinality == MatchCardinality.ManyToOne ? " group_left " : " group_right ");
        Labels(text, matching.Include);
    }

    private static void Labels(StringBuilder text, IReadOnlyList<string> labels) =>
        text.Append('(').AppendJoin(", ", labels.Select(ExprText.LabelName)).Append(')');

    private static void Aggregate(StringBuilder text, AggregateExpr aggregate)
    {
        text.Append(aggregate.Operator.Text());
        if (aggregate.IsWithout || aggregate.Labels.Count > 0)
        {
            Labels(text.Append(aggregate.IsWithout ? " without " : " by "), aggregate.Labels);
            text.Append(' ');
        }

        List(text, aggregate.Children);
    }
}
