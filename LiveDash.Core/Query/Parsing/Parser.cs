using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

/// <summary>
/// Reads PromQL as of Prometheus 3 by descent and precedence, in time linear in the text (https://prometheus.io/docs/prometheus/latest/querying/basics/). Used by one thread.
/// </summary>
internal sealed partial class Parser(string text, List<Token> tokens, List<QueryFault> faults, bool experimental, bool isOwnToo)
{
    /// <summary>How deep an expression may nest; more is refused, since trees are walked by recursion.</summary>
    public const int MaxDepth = 200;

    private int _at;
    private int _depth;

    private Token Next => tokens[_at];

    /// <summary>Reads all of the text.</summary>
    /// <exception cref="Stop">It cannot be read any further.</exception>
    public QueryExpr Whole()
    {
        if (Next.Kind == TokenKind.End) throw new Stop(0, 0, "no expression found in input");
        var expr = Binary(1);
        if (Next.Kind != TokenKind.End) throw Unexpected(Next);
        return expr;
    }

    private QueryExpr Binary(int least)
    {
        if (++_depth > MaxDepth) throw new Stop(Next.Position, Next.End, $"an expression nests at most {MaxDepth} deep");
        var left = Unary();
        // A chain of operators makes a tree as deep as it is long.
        var links = 0;
        while (TryOperator(Next, out var op) && op.Precedence() >= least)
        {
            if (++links + _depth > MaxDepth) throw new Stop(Next.Position, Next.End, $"an expression nests at most {MaxDepth} deep");
            var sign = Take();
            var returnsBool = TakeWord("bool", out var word);
            var matching = Matching(op);
            var right = Binary(op == BinaryOperator.Power ? op.Precedence() : op.Precedence() + 1);
            left = TypeRules.Binary(op, left, right, matching, returnsBool, sign, word, faults);
        }

        _depth--;
        return left;
    }

    private QueryExpr Unary()
    {
        if (IsNot()) return Not();
        if (!Next.Is("-") && !Next.Is("+")) return Postfix();
        var sign = Take();
        var inner = Binary(BinaryOperators.SignPrecedence + 1);
        if (inner is NumberLiteral number) return number with { Value = sign.Is("-") ? -number.Value : number.Value, Position = sign.Position };
        TypeRules.Sign(inner, faults);
        return new UnaryExpr(sign.Is("-"), inner) { Position = sign.Position, End = inner.End };
    }

    // A series may be called 'not': the word stands before a condition, where a name could not.
    private bool IsNot() => isOwnToo && Next.IsWord("not") && (tokens[_at + 1] is { Kind: TokenKind.Series } || tokens[_at + 1].IsWord("not") || tokens[_at + 1].Is("("));

    private NotExpr Not()
    {
        var word = Take();
        var inner = Binary(BinaryOperator.Equal.Precedence());
        TypeRules.Not(inner, faults);
        return new NotExpr(inner) { Position = word.Position, End = inner.End };
    }

    private QueryExpr Postfix()
    {
        var expr = Primary();
        while (true)
        {
            if (Next.Is("[")) expr = Bracket(expr);
            else if (Next.IsWord("offset")) expr = Offset(expr);
            else if (Next.Is("@")) expr = At(expr);
            else return expr;
            // Each link of such a chain is a subquery about the one before, or refused.
            if (expr is SubqueryExpr && ++_depth > MaxDepth) throw new Stop(expr.Position, expr.End, $"an expression nests at most {MaxDepth} deep");
        }
    }

    private QueryExpr Primary()
    {
        var token = Next;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.Duration:
                Take();
                return new NumberLiteral(token.Value) { Position = token.Position, End = token.End };
            case TokenKind.String:
                Take();
                return new StringLiteral(token.Text) { Position = token.Position, End = token.End };
            case TokenKind.Series:
                Take();
                return token.Call!;
            case TokenKind.Identifier:
                return Named();
        }

        if (token.Is("{")) return Selector(null, token.Position);
        if (!token.Is("(")) throw Unexpected(token);
        Take();
        var inner = Binary(1);
        Expect(")", "paren expression");
        return new ParenExpr(inner) { Position = token.Position, End = LastEnd };
    }

    private QueryExpr Named()
    {
        var name = Take();
        if (AggregateOperators.TryFind(name.Text, out var op) && (Next.Is("(") || Next.IsWord("by") || Next.IsWord("without"))) return Aggregate(op, name);
        if (Next.Is("(")) return Call(name);
        if (Keywords.IsNumber(name.Text))
        {
            var value = name.IsWord("nan") ? double.NaN : double.PositiveInfinity;
            return new NumberLiteral(value) { Position = name.Position, End = name.End };
        }

        return Selector(name.Text, name.Position);
    }

    private AggregateExpr Aggregate(AggregateOperator op, Token name)
    {
        IReadOnlyList<string> labels = [];
        var isWithout = false;
        var grouped = TryGrouping(ref labels, ref isWithout);
        var arguments = Arguments("aggregation");
        if (!grouped) TryGrouping(ref labels, ref isWithout);
        var most = op.HasParameter() ? 2 : 1;
        if (arguments.Count == 0) throw new Stop(name.Position, LastEnd, "no arguments for aggregate expression provided");
        if (arguments.Count != most) throw new Stop(name.Position, LastEnd, $"wrong number of arguments for aggregate expression provided, expected {most}, got {arguments.Count}");
        var aggregate = new AggregateExpr(op, arguments[^1], most == 2 ? arguments[0] : null, labels, isWithout) { Position = name.Position, End = LastEnd };
        TypeRules.Aggregate(aggregate, faults);
        return aggregate;
    }

    private bool TryGrouping(ref IReadOnlyList<string> labels, ref bool isWithout)
    {
        if (!Next.IsWord("by") && !Next.IsWord("without")) return false;
        isWithout = Take().IsWord("without");
        labels = LabelList();
        return true;
    }

    private CallExpr Call(Token name)
    {
        if (!FunctionSignatures.TryFind(name.Text, out var function)) throw new Stop(name.Position, name.End, $"unknown function with name \"{name.Text}\"");
        if (function.IsExperimental && !experimental)
        {
            faults.Add(new(name.Position, name.End, $"function \"{name.Text}\" is experimental and is not enabled"));
        }

        var arguments = Arguments("function call");
        var call = new CallExpr(function, arguments) { Position = name.Position, End = LastEnd };
        TypeRules.Call(call, faults);
        return call;
    }

    private List<QueryExpr> Arguments(string where)
    {
        var arguments = new List<QueryExpr>();
        Expect("(", where);
        if (Next.Is(")"))
        {
            Take();
            return arguments;
        }

        while (true)
        {
            arguments.Add(Binary(1));
            if (!Next.Is(",")) break;
            Take();
        }

        Expect(")", where);
        return arguments;
    }

    private VectorMatching? Matching(BinaryOperator op)
    {
        if (!Next.IsWord("on") && !Next.IsWord("ignoring")) return null;
        var isOn = Take().IsWord("on");
        var labels = LabelList();
        var cardinality = op.IsSet() ? MatchCardinality.ManyToMany : MatchCardinality.OneToOne;
        IReadOnlyList<string> include = [];
        if (Next.IsWord("group_left") || Next.IsWord("group_right"))
        {
            var group = Take();
            if (op.IsSet()) faults.Add(new(group.Position, group.End, $"no grouping allowed for \"{op.Text()}\" operation"));
            else cardinality = group.IsWord("group_left") ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany;
            if (Next.Is("(")) include = LabelList();
            if (isOn && include.FirstOrDefault(labels.ToHashSet(StringComparer.Ordinal).Contains) is { } both)
            {
                faults.Add(new(group.Position, LastEnd, $"label \"{both}\" must not occur in ON and GROUP clause at once"));
            }
        }

        return new VectorMatching(cardinality, isOn, labels, include);
    }

    private List<string> LabelList()
    {
        var labels = new List<string>();
        Expect("(", "grouping opts");
        while (!Next.Is(")"))
        {
            if (Next.Kind is not (TokenKind.Identifier or TokenKind.String)) throw Unexpected(Next, "grouping opts", "label");
            var label = Take();
            if (label.Text.Length == 0) throw new Stop(label.Position, label.End, "invalid label name for grouping: \"\"");
            labels.Add(label.Text);
            if (!Next.Is(",")) break;
            Take();
        }

        Expect(")", "grouping opts");
        return labels;
    }

    private int LastEnd => _at == 0 ? 0 : tokens[_at - 1].End;

    private Token Take() => tokens[_at++];

    private bool TakeWord(string word, out Token token)
    {
        token = Next;
        if (!token.IsWord(word)) return false;
        Take();
        return true;
    }

    private void Expect(string symbol, string where)
    {
        if (!Next.Is(symbol)) throw Unexpected(Next, where, $"\"{symbol}\"");
        Take();
    }

    private Stop Unexpected(Token token, string? where = null, string? expected = null)
    {
        var message = $"unexpected {token}";
        if (where is not null) message += $" in {where}";
        if (expected is not null) message += $", expected {expected}";
        return new Stop(token.Position, Math.Max(token.End, Math.Min(token.Position + 1, text.Length)), message);
    }

    private static bool TryOperator(Token token, out BinaryOperator op)
    {
        op = default;
        if (token.Kind is not (TokenKind.Symbol or TokenKind.Identifier)) return false;
        return s_operators.TryGetValue(token.Text, out op);
    }

    private static readonly Dictionary<string, BinaryOperator> s_operators =
        Enum.GetValues<BinaryOperator>().ToDictionary(static op => op.Text(), StringComparer.OrdinalIgnoreCase);
}
