using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Parsing;

namespace LiveDash.Core.Query;

/// <summary>
/// Puts values in the place of <c>$host</c> in expressions, each as its place asks for it: in a matcher of PromQL escaped, and for any value <c>=</c> becomes <c>=~</c>; in LiveDash's own text as
/// in a pattern of series. So no value, whatever it holds, is more than a value. Stateless; time linear in the text.
/// </summary>
public static class ExpressionPlaceholders
{
    private const string AnyText = ".+";

    /// <summary>The expression with its values. One that cannot be cut into words stays as it is, and so do names that stand where no value may.</summary>
    public static string Put(string text, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(placeholders);
        if (text.Length > PromQuery.MaxLength || !placeholders.StandIn(text)) return text;
        List<Token> tokens;
        try
        {
            tokens = new Lexer(text, strict: false).Read();
        }
        catch (Stop)
        {
            return text;
        }

        var put = new StringBuilder(text.Length + 64);
        var done = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Series)
            {
                put.Append(text, done, token.Position - done);
                PutCall(put, text[token.Position..token.End], placeholders);
                done = token.End;
            }
            else if (token.Kind == TokenKind.String && placeholders.StandIn(token.Text))
            {
                var sign = i > 0 && tokens[i - 1] is var before && (before.Is("=") || before.Is("!=") || before.Is("=~") || before.Is("!~")) ? before : (Token?)null;
                put.Append(text, done, (sign?.Position ?? token.Position) - done);
                if (sign is { } matcher) put.Append(OfMatcher(matcher.Text, token.Text, placeholders, text[matcher.End..token.Position]));
                else put.Append(Quoted(placeholders.Put(token.Text)));
                done = token.End;
            }
        }

        return put.Append(text, done, text.Length - done).ToString();
    }

    private static string OfMatcher(string sign, string value, Placeholders placeholders, string blank)
    {
        // No series has it, and to ask for all that have it not would be to ask for all.
        if (sign is "!=" or "!~" && placeholders.PutsNothing(value)) sign = sign == "!=" ? "=" : "=~";
        var isAny = false;
        if (sign is "=" or "!=")
        {
            var plain = placeholders.Put(value, one =>
            {
                isAny |= one == Placeholders.Any;
                return one;
            });
            if (!isAny) return sign + blank + Quoted(plain);
            // What stands beside the name is meant letter by letter here; each name is put on its own behind it.
            value = Escaped(value, placeholders);
            sign = sign == "=" ? "=~" : "!~";
        }

        return sign + blank + Quoted(placeholders.Put(value, static one => one == Placeholders.Any ? AnyText : Escaped(one)));
    }

    // Of a call of the own text what has braces is a pattern.
    private static void PutCall(StringBuilder put, string call, Placeholders placeholders)
    {
        var done = 0;
        while (call.IndexOf('{', done) is >= 0 and var open && CloseOf(call, open) is >= 0 and var close)
        {
            var start = done + call.AsSpan(done, open - done).LastIndexOfAny('(', ',') + 1;
            while (start < open && char.IsWhiteSpace(call[start])) start++;
            var (name, braces) = (call[start..open], call[open..(close + 1)]);
            // What a call is cut by stays out of its name: the name is as it is written then.
            var pattern = placeholders.Put(name, static value => value).AsSpan().ContainsAny(",()#") && !name.AsSpan().ContainsAny(",()#")
                ? name + placeholders.PutPattern("x" + braces)[1..]
                : placeholders.PutPattern(name + braces);
            put.Append(call, done, start - done).Append(pattern);
            done = close + 1;
        }

        put.Append(call, done, call.Length - done);
    }

    private static int CloseOf(string call, int open)
    {
        var isQuoted = false;
        for (var at = open; at < call.Length; at++)
        {
            if (call[at] == '"') isQuoted = !isQuoted;
            else if (isQuoted && call[at] == '\\') at++;
            else if (!isQuoted && call[at] == '}') return at;
        }

        return -1;
    }

    // The letters of a text as a regular expression, but for the names in it.
    private static string Escaped(string text, Placeholders placeholders)
    {
        var escaped = new StringBuilder(text.Length + 8);
        var left = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (placeholders.LengthAt(text, at) is not (> 0 and var length)) continue;
            escaped.Append(Escaped(text[left..at])).Append(text, at, length);
            at += length - 1;
            left = at + 1;
        }

        return escaped.Append(Escaped(text[left..])).ToString();
    }

    private static string Escaped(string value)
    {
        if (!value.AsSpan().ContainsAny(@"\.+*?()|[]{}^$")) return value;
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            if (@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal)) text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }

    private static string Quoted(string text) => Tree.ExprText.Quote(text);
}
