using System.Globalization;
using System.Text;

namespace LiveDash.Core.Rules.Templates;

/// <summary>
/// A text of a rule in the template language of Prometheus, which is Go's text/template: <c>{{ $labels.instance }} is at {{ $value | humanize }}</c>. Understood are pipelines, variables,
/// if, with, range over nothing, else, comments, trimming, and Prometheus' functions but for queries. Stateless, so safe on any thread.
/// </summary>
public static class AlertTemplate
{
    /// <summary>The longest text that comes of one, in characters; the rest is cut off.</summary>
    public const int MaxLength = 20_000;

    /// <summary>What is wrong with a template; null where it can be read.</summary>
    public static string? Check(string template)
    {
        try
        {
            Render(template, new Dictionary<string, string>(), 0);
            return null;
        }
        catch (TemplateException e)
        {
            return e.Message == TemplateFunctions.NoQueries ? null : e.Message;
        }
    }

    /// <summary>True where a template asks a query, which is not run: the text says so in its place.</summary>
    public static bool AsksQuery(string template)
    {
        try
        {
            Render(template, new Dictionary<string, string>(), 0);
            return false;
        }
        catch (TemplateException e)
        {
            return e.Message == TemplateFunctions.NoQueries;
        }
    }

    /// <summary>Fills a template in; what cannot be is told in the text, as Prometheus does.</summary>
    /// <param name="template">The template.</param>
    /// <param name="labels">The labels of the alert's series.</param>
    /// <param name="value">The value judged.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string> labels, double value)
    {
        if (!template.Contains("{{", StringComparison.Ordinal)) return template;
        try
        {
            return Render(template, labels, value);
        }
        catch (TemplateException e)
        {
            return $"<error expanding template: {e.Message}>";
        }
    }

    private static string Render(string template, IReadOnlyDictionary<string, string> labels, double value)
    {
        var text = new StringBuilder();
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["$labels"] = labels, ["$value"] = value, ["$externalLabels"] = new Dictionary<string, string>(), ["$externalURL"] = "", ["."] = null,
        };
        Write(new TemplateParser(template).Parse(), variables, text, new TemplateWork());
        return text.Length > MaxLength ? text.ToString(0, MaxLength) : text.ToString();
    }

    private static void Write(IReadOnlyList<TemplateNode> nodes, Dictionary<string, object?> variables, StringBuilder text, TemplateWork work)
    {
        foreach (var node in nodes)
        {
            if (text.Length > MaxLength) return;
            work.Step(1);
            if (node.Kind.Length == 0)
            {
                text.Append(node.Text);
                continue;
            }

            var at = 0;
            var value = Pipeline(node.Pipeline, ref at, variables, work);
            if (at < node.Pipeline.Count) throw new TemplateException($"unexpected '{node.Pipeline[at]}'");
            switch (node.Kind)
            {
                case "print":
                    text.Append(TemplateFunctions.Say(value));
                    break;
                case "set":
                    variables[node.Text] = value;
                    break;
                default:
                    Branch(node, value, variables, text, work);
                    break;
            }
        }
    }

    private static void Branch(TemplateNode node, object? value, Dictionary<string, object?> variables, StringBuilder text, TemplateWork work)
    {
        if (!TemplateFunctions.IsTrue(value))
        {
            Write(node.Else, variables, text, work);
            return;
        }

        work.Step(variables.Count);
        var inner = new Dictionary<string, object?>(variables, StringComparer.Ordinal);
        var names = node.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (node.Kind != "range")
        {
            if (names.Length > 0) inner[names[0]] = value;
            if (node.Kind == "with") inner["."] = value;
            Write(node.Then, inner, text, work);
            return;
        }

        if (value is not IReadOnlyDictionary<string, string> map) throw new TemplateException("range goes over labels");
        work.Step(map.Count);
        foreach (var (key, entry) in map.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            inner["."] = entry;
            if (names.Length > 0) inner[names[^1]] = entry;
            if (names.Length > 1) inner[names[0]] = key;
            Write(node.Then, inner, text, work);
        }
    }

    private static object? Pipeline(IReadOnlyList<string> tokens, ref int at, Dictionary<string, object?> variables, TemplateWork work)
    {
        var value = Command(tokens, ref at, variables, null, false, work);
        while (at < tokens.Count && tokens[at] == "|")
        {
            at++;
            value = Command(tokens, ref at, variables, value, true, work);
        }

        return value;
    }

    // A function with its values, the one of the pipe last, or a single value.
    private static object? Command(IReadOnlyList<string> tokens, ref int at, Dictionary<string, object?> variables, object? piped, bool isPiped, TemplateWork work)
    {
        if (at >= tokens.Count) throw new TemplateException("a value is missing");
        var name = tokens[at];
        if (name[0] != '(' && char.IsLetter(name[0]) && name is not ("true" or "false" or "nil"))
        {
            at++;
            if (!TemplateFunctions.Knows(name)) throw new TemplateException($"function \"{name}\" not defined");
            var values = new List<object?>();
            while (at < tokens.Count && tokens[at] is not ("|" or ")")) values.Add(Operand(tokens, ref at, variables, work));
            if (isPiped) values.Add(piped);
            return TemplateFunctions.Call(name, values, work);
        }

        if (isPiped) throw new TemplateException($"'{name}' is no function");
        return Operand(tokens, ref at, variables, work);
    }

    private static object? Operand(IReadOnlyList<string> tokens, ref int at, Dictionary<string, object?> variables, TemplateWork work)
    {
        var token = tokens[at++];
        switch (token[0])
        {
            case '"':
                return token[1..];
            case '(':
                var value = Pipeline(tokens, ref at, variables, work);
                if (at >= tokens.Count || tokens[at] != ")") throw new TemplateException("a parenthesis is not closed");
                at++;
                return at < tokens.Count && tokens[at].StartsWith('.') && tokens[at].Length > 1 ? Member(value, tokens[at++][1..]) : value;
            case '$':
                var dot = token.IndexOf('.', StringComparison.Ordinal);
                var name = dot < 0 ? token : token[..dot];
                var found = variables.TryGetValue(name, out var variable) ? variable : throw new TemplateException($"undefined variable \"{name}\"");
                return dot < 0 ? found : Member(found, token[(dot + 1)..]);
            case '.':
                return token.Length == 1 ? variables["."] : Dotted(token[1..], variables);
            default:
                if (token is "true" or "false") return token == "true";
                if (token == "nil") return null;
                if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
                return TemplateFunctions.Knows(token) ? TemplateFunctions.Call(token, [], work) : throw new TemplateException($"unexpected '{token}'");
        }
    }

    private static object? Dotted(string path, Dictionary<string, object?> variables)
    {
        var parts = path.Split('.', 2);
        object? value = parts[0] switch
        {
            "Labels" => variables["$labels"],
            "Value" => variables["$value"],
            "ExternalLabels" => variables["$externalLabels"],
            "ExternalURL" => "",
            _ => Member(variables["."], parts[0]),
        };
        return parts.Length == 1 ? value : Member(value, parts[1]);
    }

    private static object? Member(object? value, string name) => value is IReadOnlyDictionary<string, string> map
        ? map.GetValueOrDefault(name, "")
        : throw new TemplateException($"can't evaluate field {name}");
}
