using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

/// <summary>What kinds of values go where, in Prometheus' words. A fault does not end the reading, so that all of them are told. Stateless.</summary>
internal static class TypeRules
{
    /// <summary>A kind as messages name it.</summary>
    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Scalar => "scalar",
        ValueKind.Vector => "instant vector",
        ValueKind.Matrix => "range vector",
        _ => "string",
    };

    /// <summary>A selector chooses by something.</summary>
    public static void Selector(VectorSelector selector, List<QueryFault> faults)
    {
        if (selector.Name is not null)
        {
            if (selector.Matchers.FirstOrDefault(static one => one.Label == LabelNames.Name) is { Kind: MatchKind.Equal } twice)
            {
                faults.Add(new(selector.Position, selector.End, $"metric name must not be set twice: \"{selector.Name}\" or \"{twice.Value}\""));
            }

            return;
        }

        if (selector.Matchers.All(static one => one.MatchesEmpty))
        {
            faults.Add(new(selector.Position, selector.End, "vector selector must contain at least one non-empty matcher"));
        }
    }

    /// <summary>A sign stands before numbers and vectors.</summary>
    public static void Sign(QueryExpr inner, List<QueryFault> faults)
    {
        if (inner.Kind is ValueKind.Scalar or ValueKind.Vector) return;
        faults.Add(new(inner.Position, inner.End, $"unary expression only allowed on expressions of type scalar or instant vector, got \"{Name(inner.Kind)}\""));
    }

    /// <summary>What may not hold: a condition, so that it is known of which series it is asked.</summary>
    public static void Not(QueryExpr inner, List<QueryFault> faults)
    {
        if (!IsCondition(inner)) faults.Add(new(inner.Position, inner.End, "'not' stands before a condition: a comparison of a vector with a number, state(), absent(x, 5m), outside(), anomaly(), or such joined by and, or and not"));
    }

    /// <summary>A subquery goes over what looks at no window of its own.</summary>
    public static void Inner(QueryExpr inner, Token open, List<QueryFault> faults)
    {
        if (HoldsSeries(inner)) faults.Add(new(inner.Position, open.Position, "windows of LiveDash's own text stand in no subquery: they look back themselves"));
    }

    private static bool HoldsSeries(QueryExpr expr) => expr is SeriesExpr or NotExpr || expr.Children.Any(HoldsSeries);

    private static bool IsCondition(QueryExpr expr) => expr switch
    {
        ParenExpr paren => IsCondition(paren.Inner),
        NotExpr not => IsCondition(not.Inner),
        BinaryExpr { Operator: BinaryOperator.And or BinaryOperator.Or } set => IsCondition(set.Left) && IsCondition(set.Right),
        BinaryExpr compared => compared.Operator.IsComparison() && !compared.ReturnsBool && compared.Left.Kind == ValueKind.Vector && compared.Right.Kind == ValueKind.Scalar,
        _ => expr is SeriesExpr and not WindowExpr,
    };

    /// <summary>An operator with its sides.</summary>
    public static BinaryExpr Binary(
        BinaryOperator op, QueryExpr left, QueryExpr right, VectorMatching? matching, bool returnsBool, Token sign, Token word, List<QueryFault> faults)
    {
        if (returnsBool && !op.IsComparison()) faults.Add(new(word.Position, word.End, "bool modifier can only be used on comparison operators"));
        foreach (var side in (QueryExpr[])[left, right])
        {
            if (side.Kind is ValueKind.Matrix or ValueKind.String)
            {
                faults.Add(new(side.Position, side.End, "binary expression must contain only scalar and instant vector types"));
            }
        }

        var both = left.Kind == ValueKind.Vector && right.Kind == ValueKind.Vector;
        var scalars = left.Kind == ValueKind.Scalar && right.Kind == ValueKind.Scalar;
        if (scalars && op.IsComparison() && !returnsBool) faults.Add(new(sign.Position, sign.End, "comparisons between scalars must use BOOL modifier"));
        if (op.IsSet() && (left.Kind == ValueKind.Scalar || right.Kind == ValueKind.Scalar))
        {
            faults.Add(new(sign.Position, sign.End, $"set operator \"{op.Text()}\" not allowed in binary scalar expression"));
        }
        else if (!both && matching is not null && left.Kind != ValueKind.String && right.Kind != ValueKind.String)
        {
            faults.Add(new(sign.Position, sign.End, "vector matching only allowed between instant vectors"));
        }

        var used = both ? matching ?? (op.IsSet() ? VectorMatching.Sets : VectorMatching.Default) : null;
        return new BinaryExpr(op, left, right, used, returnsBool) { Position = left.Position, End = right.End };
    }

    /// <summary>An aggregation with its parameter.</summary>
    public static void Aggregate(AggregateExpr aggregate, List<QueryFault> faults)
    {
        Expect(ValueKind.Vector, aggregate.Inner, "aggregation expression", faults);
        if (aggregate.Parameter is null) return;
        var kind = aggregate.Operator == AggregateOperator.CountValues ? ValueKind.String : ValueKind.Scalar;
        Expect(kind, aggregate.Parameter, "aggregation parameter", faults);
        if (aggregate.Operator == AggregateOperator.CountValues && aggregate.Parameter is StringLiteral { Value.Length: 0 })
        {
            faults.Add(new(aggregate.Parameter.Position, aggregate.Parameter.End, "invalid label name \"\""));
        }
    }

    /// <summary>A call with its arguments.</summary>
    public static void Call(CallExpr call, List<QueryFault> faults)
    {
        var (function, count) = (call.Function, call.Arguments.Count);
        if (count < function.Least || count > function.Most)
        {
            var how = function.Least == function.Most ? "" : count < function.Least ? "at least " : "at most ";
            var expected = count < function.Least ? function.Least : function.Most;
            faults.Add(new(call.Position, call.End, $"expected {how}{expected} argument(s) in call to \"{function.Name}\", got {count}"));
            return;
        }

        for (var i = 0; i < count; i++) Expect(function.KindOf(i), call.Arguments[i], $"call to function \"{function.Name}\"", faults);
    }

    private static void Expect(ValueKind kind, QueryExpr expr, string where, List<QueryFault> faults)
    {
        if (expr.Kind != kind) faults.Add(new(expr.Position, expr.End, $"expected type {Name(kind)} in {where}, got {Name(expr.Kind)}"));
    }
}
