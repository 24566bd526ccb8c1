using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Parsing;

internal sealed partial class Parser
{
    private VectorSelector Selector(string? name, int position)
    {
        var matchers = new List<LabelMatcher>();
        if (Next.Is("{"))
        {
            Take();
            while (!Next.Is("}"))
            {
                Matcher(ref name, matchers);
                if (!Next.Is(",")) break;
                Take();
            }

            Expect("}", "label matching");
        }

        var selector = new VectorSelector(name, matchers) { Position = position, End = LastEnd };
        TypeRules.Selector(selector, faults);
        return selector;
    }

    private void Matcher(ref string? name, List<LabelMatcher> matchers)
    {
        var label = Next;
        if (label.Kind is not (TokenKind.Identifier or TokenKind.String)) throw Unexpected(label, "label matching", "identifier or \"}\"");
        Take();
        MatchKind? kind = Next is { Kind: TokenKind.Symbol, Text: var symbol }
            ? symbol switch { "=" => MatchKind.Equal, "!=" => MatchKind.NotEqual, "=~" => MatchKind.Regex, "!~" => MatchKind.NotRegex, _ => null }
            : null;
        if (kind is null)
        {
            if (label.Kind != TokenKind.String || !(Next.Is(",") || Next.Is("}"))) throw Unexpected(Next, "label matching", "label matching operator");
            if (name is not null) throw new Stop(label.Position, label.End, $"metric name must not be set twice: \"{name}\" or \"{label.Text}\"");
            if (label.Text.Length == 0) throw new Stop(label.Position, label.End, "invalid metric name: \"\"");
            name = label.Text;
            return;
        }

        Take();
        if (Next.Kind != TokenKind.String) throw Unexpected(Next, "label matching", "string");
        var value = Take();
        if (label.Text.Length == 0) throw new Stop(label.Position, label.End, "invalid label name: \"\"");
        try
        {
            matchers.Add(new LabelMatcher(label.Text, kind.Value, value.Text));
        }
        catch (ArgumentException fault)
        {
            throw new Stop(value.Position, value.End, fault.Message);
        }
    }

    private QueryExpr Bracket(QueryExpr expr)
    {
        var open = Take();
        var range = Length("range");
        if (Next.Is(":")) return Subquery(expr, open, range);
        Expect("]", "matrix selector");
        if (expr is not VectorSelector selector)
        {
            throw new Stop(open.Position, LastEnd, "ranges only allowed for vector selectors");
        }

        if (selector.Shift.Offset != 0) faults.Add(new(open.Position, LastEnd, "no offset modifiers allowed before range"));
        else if (selector.Shift.IsFixed) faults.Add(new(open.Position, LastEnd, "no @ modifiers allowed before range"));
        return new MatrixSelector(selector, range) { Position = expr.Position, End = LastEnd };
    }

    private SubqueryExpr Subquery(QueryExpr inner, Token open, long range)
    {
        Take();
        var step = Next.Is("]") ? 0 : Length("subquery");
        Expect("]", "subquery selector");
        if (inner.Kind != ValueKind.Vector)
        {
            faults.Add(new(inner.Position, open.Position, $"subquery is only allowed on instant vector, got {TypeRules.Name(inner.Kind)} instead"));
        }

        TypeRules.Inner(inner, open, faults);
        return new SubqueryExpr(inner, range, step) { Position = inner.Position, End = LastEnd };
    }

    // A length of time, or a number of seconds; more than nothing.
    private long Length(string where)
    {
        var token = Next;
        if (token.Kind is not (TokenKind.Duration or TokenKind.Number)) throw Unexpected(token, where, "duration");
        Take();
        var ticks = token.Kind == TokenKind.Duration ? token.Ticks : Ticks(token, token.Value);
        return ticks > 0 ? ticks : throw new Stop(token.Position, token.End, "duration must be greater than 0");
    }

    private static long Ticks(Token token, double seconds)
    {
        // Rounded to milliseconds, as Prometheus does: a moment in seconds says no less.
        var milliseconds = seconds * 1000;
        return Math.Abs(milliseconds) < long.MaxValue / 4 / TimeSpan.TicksPerMillisecond ? (long)Math.Round(milliseconds) * TimeSpan.TicksPerMillisecond : throw new Stop(token.Position, token.End, "duration out of range");
    }

    private QueryExpr Offset(QueryExpr expr)
    {
        var word = Take();
        var isNegative = Sign();
        var token = Next;
        if (token.Kind is not (TokenKind.Duration or TokenKind.Number)) throw Unexpected(token, "offset", "number or duration");
        Take();
        var ticks = token.Kind == TokenKind.Duration ? token.Ticks : Ticks(token, token.Value);
        var shift = ShiftOf(expr, word, "offset");
        if (shift.Offset != 0) faults.Add(new(word.Position, LastEnd, "offset may not be set multiple times"));
        return Shifted(expr, shift with { Offset = isNegative ? -ticks : ticks });
    }

    private QueryExpr At(QueryExpr expr)
    {
        var sign = Take();
        var shift = ShiftOf(expr, sign, "@");
        if (shift.IsFixed) faults.Add(new(sign.Position, sign.End, "@ <timestamp> may not be set multiple times"));
        if (Next.IsWord("start") || Next.IsWord("end"))
        {
            var anchor = Take().IsWord("start") ? TimeAnchor.Start : TimeAnchor.End;
            Expect("(", "@");
            Expect(")", "@");
            return Shifted(expr, shift with { Anchor = anchor });
        }

        var isNegative = Sign();
        var token = Next;
        if (token.Kind is not (TokenKind.Number or TokenKind.Duration)) throw Unexpected(token, "@", "timestamp");
        Take();
        var at = DateTime.UnixEpoch.Ticks + (Ticks(token, token.Value) * (isNegative ? -1 : 1));
        if (at < 0 || at > DateTime.MaxValue.Ticks) throw new Stop(token.Position, token.End, "timestamp out of bounds for @ modifier");
        return Shifted(expr, shift with { Anchor = TimeAnchor.Fixed, At = at });
    }

    private bool Sign()
    {
        if (!Next.Is("-") && !Next.Is("+")) return false;
        return Take().Is("-");
    }

    private static TimeShift ShiftOf(QueryExpr expr, Token token, string modifier) => expr switch
    {
        VectorSelector selector => selector.Shift,
        MatrixSelector matrix => matrix.Selector.Shift,
        SubqueryExpr subquery => subquery.Shift,
        _ => throw new Stop(token.Position, token.End, $"{modifier} modifier must be preceded by an instant vector selector or range vector selector or a subquery"),
    };

    private QueryExpr Shifted(QueryExpr expr, TimeShift shift) => expr switch
    {
        VectorSelector selector => selector with { Shift = shift, End = LastEnd },
        MatrixSelector matrix => matrix with { Selector = matrix.Selector with { Shift = shift }, End = LastEnd },
        SubqueryExpr subquery => subquery with { Shift = shift, End = LastEnd },
        _ => expr,
    };
}
