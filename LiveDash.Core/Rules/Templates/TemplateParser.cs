using System.Text;

namespace LiveDash.Core.Rules.Templates;

/// <summary>Reads a template of Go's package text/template, as far as Prometheus' rules use it: texts and actions. Used for one template.</summary>
internal sealed class TemplateParser(string text)
{
    private const int MaxDepth = 32;
    private int _at;
    private bool _trims;

    /// <summary>The whole template.</summary>
    public IReadOnlyList<TemplateNode> Parse()
    {
        var (nodes, end) = Block(0);
        return end.Count == 0 ? nodes : throw new TemplateException($"unexpected {{{{{end[0]}}}}}");
    }

    // Reads until an action that ends the block; its tokens are told.
    private (List<TemplateNode> Nodes, IReadOnlyList<string> End) Block(int depth)
    {
        if (depth > MaxDepth) throw new TemplateException($"actions are nested more than {MaxDepth} deep");
        var nodes = new List<TemplateNode>();
        while (_at < text.Length)
        {
            var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            var plain = open < 0 ? text[_at..] : text[_at..open];
            if (_trims) plain = plain.TrimStart();
            _trims = false;
            _at = open < 0 ? text.Length : open + 2;
            if (open >= 0 && text.AsSpan(_at).StartsWith("- ", StringComparison.Ordinal))
            {
                plain = plain.TrimEnd();
                _at += 2;
            }

            if (plain.Length > 0) nodes.Add(new("", plain, [], [], []));
            if (open < 0) break;
            var tokens = Action();
            if (tokens.Count == 0) continue;
            if (tokens[0] is "end" or "else") return (nodes, tokens);
            nodes.Add(Node(tokens, depth));
        }

        return (nodes, []);
    }

    private TemplateNode Node(IReadOnlyList<string> tokens, int depth)
    {
        if (tokens[0] is "if" or "with" or "range") return Conditional(tokens[0], [.. tokens.Skip(1)], depth);
        if (tokens[0] is "define" or "template" or "block" or "break" or "continue") throw new TemplateException($"the action '{tokens[0]}' is not supported");
        return tokens is [['$', ..], ":=" or "=", ..] ? new("set", tokens[0], [.. tokens.Skip(2)], [], []) : new("print", "", tokens, [], []);
    }

    private TemplateNode Conditional(string kind, IReadOnlyList<string> tokens, int depth)
    {
        var variable = "";
        var assigned = tokens.ToList().IndexOf(":=");
        if (assigned > 0)
        {
            variable = string.Join(' ', tokens.Take(assigned).Where(static token => token != ","));
            tokens = [.. tokens.Skip(assigned + 1)];
        }

        var (then, end) = Block(depth + 1);
        IReadOnlyList<TemplateNode> otherwise = [];
        if (end is ["else", "if" or "with", ..])
        {
            otherwise = [Conditional(end[1], [.. end.Skip(2)], depth + 1)];
        }
        else if (end is ["else"])
        {
            (otherwise, end) = Block(depth + 1);
            if (end is not ["end"]) throw new TemplateException($"{{{{{kind}}}}} has no {{{{end}}}}");
        }
        else if (end is not ["end"])
        {
            throw new TemplateException($"{{{{{kind}}}}} has no {{{{end}}}}");
        }

        return new(kind, variable, tokens, then, otherwise);
    }

    // The tokens of an action up to its braces; none for a comment.
    private List<string> Action()
    {
        var tokens = new List<string>();
        var open = 0;
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            if (_at >= text.Length) throw new TemplateException("an action has no closing braces");
            var rest = text.AsSpan(_at);
            if (rest.StartsWith("}}", StringComparison.Ordinal))
            {
                _at += 2;
                return tokens;
            }

            if (rest.StartsWith("-}}", StringComparison.Ordinal))
            {
                _at += 3;
                _trims = true;
                return tokens;
            }

            if (rest.StartsWith("/*", StringComparison.Ordinal))
            {
                var close = text.IndexOf("*/", _at, StringComparison.Ordinal);
                if (close < 0) throw new TemplateException("a comment has no end");
                _at = close + 2;
                continue;
            }

            var token = Token();
            open += token switch { "(" => 1, ")" => -1, _ => 0 };
            // What is within parentheses is filled in by recursion.
            if (open > MaxDepth) throw new TemplateException($"parentheses are nested more than {MaxDepth} deep");
            tokens.Add(token);
        }
    }

    private string Token()
    {
        var c = text[_at];
        if (c is '"' or '`') return Quoted(c);
        if (text.AsSpan(_at).StartsWith(":=", StringComparison.Ordinal))
        {
            _at += 2;
            return ":=";
        }

        if (c is '|' or '(' or ')' or ',' or '=')
        {
            _at++;
            return c.ToString();
        }

        var start = _at;
        if (c is '-' or '+') _at++;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '$' or '.')) _at++;
        return _at > start ? text[start.._at] : throw new TemplateException($"unexpected '{c}'");
    }

    // A text keeps a quote before it, so that it is never taken for a name.
    private string Quoted(char quote)
    {
        var value = new StringBuilder("\"");
        for (_at++; _at < text.Length && text[_at] != quote; _at++)
        {
            if (quote == '`' || text[_at] != '\\')
            {
                value.Append(text[_at]);
                continue;
            }

            if (++_at >= text.Length) break;
            value.Append(text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
        }

        if (_at >= text.Length) throw new TemplateException("a text in quotes has no end");
        _at++;
        return value.ToString();
    }
}
