using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace LiveDash.Tests.Deploy;

/// <summary>
/// Fills in a template of a Helm chart. It knows what our chart uses and no more: values of .Values, .Release and .Chart, quote, default, toYaml with nindent, if and range; anything
/// else is refused, so that a template which this cannot read is not taken for sound.
/// </summary>
internal sealed partial class ChartTemplate(IReadOnlyDictionary<string, object?> root)
{
    private static readonly ISerializer s_yaml = new SerializerBuilder().Build();
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public string Render(string template)
    {
        // A dash takes the white space on its side, line ends included.
        var text = Regex.Replace(Regex.Replace(template, @"\s*\{\{-", "{{"), @"-\}\}\s*", "}}");
        var parts = Regex.Split(text, @"(\{\{.*?\}\})");
        var at = 0;
        var made = Render(parts, ref at, isLive: true);
        return at == parts.Length ? made : throw new FormatException("An end without a beginning.");
    }

    private string Render(string[] parts, ref int at, bool isLive)
    {
        var made = new StringBuilder();
        for (; at < parts.Length; at++)
        {
            var part = parts[at];
            if (!part.StartsWith("{{", StringComparison.Ordinal))
            {
                if (isLive) made.Append(part);
                continue;
            }

            var action = part[2..^2].Trim();
            if (action == "end") return made.ToString();
            at++;
            if (action.StartsWith("if ", StringComparison.Ordinal)) made.Append(Render(parts, ref at, isLive && IsTrue(Value(action[3..]))));
            else if (RangeAction().Match(action) is { Success: true } range) made.Append(Repeat(parts, ref at, isLive, range));
            else
            {
                at--;
                if (isLive) made.Append(Text(action));
                continue;
            }

            if (at >= parts.Length) throw new FormatException($"{action} has no end.");
        }

        return made.ToString();
    }

    private string Repeat(string[] parts, ref int at, bool isLive, Match range)
    {
        var (from, made) = (at, new StringBuilder());
        var map = (IDictionary<object, object?>)Value(range.Groups[3].Value)!;
        // Once without being live, to find the end.
        Render(parts, ref at, isLive: false);
        foreach (var (key, value) in isLive ? map : new Dictionary<object, object?>())
        {
            (_variables[range.Groups[1].Value], _variables[range.Groups[2].Value]) = (key, value);
            var again = from;
            made.Append(Render(parts, ref again, isLive: true));
        }

        return made.ToString();
    }

    private string Text(string action)
    {
        if (ToYaml().Match(action) is { Success: true } yaml)
        {
            var lines = s_yaml.Serialize(Value(yaml.Groups[1].Value)).TrimEnd().Split('\n');
            return string.Concat(lines.Select(line => "\n" + new string(' ', int.Parse(yaml.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)) + line));
        }

        var steps = action.Split('|', StringSplitOptions.TrimEntries);
        var value = Value(steps[0]);
        foreach (var step in steps[1..])
        {
            if (step == "quote") value = $"\"{Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            else if (step.StartsWith("default ", StringComparison.Ordinal)) value = IsTrue(value) ? value : Value(step[8..]);
            else throw new FormatException($"'{step}' is not known here.");
        }

        return Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private object? Value(string path)
    {
        if (path.StartsWith('$')) return _variables[path];
        if (!Path().IsMatch(path)) throw new FormatException($"'{path}' is not known here.");
        object? value = root;
        foreach (var name in path[1..].Split('.'))
        {
            value = value switch
            {
                IReadOnlyDictionary<string, object?> map when map.TryGetValue(name, out var found) => found,
                IDictionary<object, object?> map when map.TryGetValue(name, out var found) => found,
                _ => throw new FormatException($"There is no {path}."),
            };
        }

        return value;
    }

    private static bool IsTrue(object? value) => value switch { null => false, bool b => b, string s => s.Length > 0 && s is not ("0" or "false"), _ => true };

    [GeneratedRegex(@"^range (\$\w+), (\$\w+) := (\S+)$")]
    private static partial Regex RangeAction();

    [GeneratedRegex(@"^toYaml (\S+) \| nindent (\d+)$")]
    private static partial Regex ToYaml();

    [GeneratedRegex(@"^\.(Values|Release|Chart)(\.\w+)+$")]
    private static partial Regex Path();
}
