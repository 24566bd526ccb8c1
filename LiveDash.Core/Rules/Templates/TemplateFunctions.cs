using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LiveDash.Core.Model;

namespace LiveDash.Core.Rules.Templates;

/// <summary>The functions of Prometheus' templates and those of Go's that every template has. Values are texts, numbers, truths, maps of labels and null. Stateless.</summary>
internal static class TemplateFunctions
{
    /// <summary>What is said in the place of a query.</summary>
    public const string NoQueries = "queries in templates are not run";

    private static readonly Dictionary<string, Func<IReadOnlyList<object?>, object?>> s_all = new(StringComparer.Ordinal)
    {
        ["humanize"] = static of => Humanized.Decimal(Number(of, 0)), ["humanize1024"] = static of => Humanized.Binary(Number(of, 0)),
        ["humanizeDuration"] = static of => Humanized.Duration(Number(of, 0)), ["humanizePercentage"] = static of => Humanized.Percentage(Number(of, 0)),
        ["humanizeTimestamp"] = static of => Humanized.Timestamp(Number(of, 0)),
        ["title"] = static of => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(of, 0)), ["toUpper"] = static of => Text(of, 0).ToUpperInvariant(),
        ["toLower"] = static of => Text(of, 0).ToLowerInvariant(), ["safeHtml"] = static of => Text(of, 0),
        ["match"] = static of => Pattern(Text(of, 0)).IsMatch(Text(of, 1)),
        ["reReplaceAll"] = static of => Pattern(Text(of, 0)).Replace(Text(of, 2), Text(of, 1)),
        ["stripPort"] = static of => StripPort(Text(of, 0)), ["stripDomain"] = static of => Text(of, 0).Split('.')[0],
        ["printf"] = static of => Printf(Text(of, 0), of), ["print"] = static of => string.Concat(of.Select(Say)), ["println"] = static of => string.Join(' ', of.Select(Say)) + "\n",
        ["len"] = static of => (double)(of[0] switch { string text => text.Length, IReadOnlyDictionary<string, string> map => map.Count, _ => 0 }),
        ["index"] = static of => of[0] is IReadOnlyDictionary<string, string> map ? map.GetValueOrDefault(Text(of, 1), "") : throw new TemplateException("index takes a map"),
        ["eq"] = static of => of.Skip(1).Any(other => Same(of[0], other)), ["ne"] = static of => !Same(of[0], At(of, 1)),
        ["lt"] = static of => Order(of) < 0, ["le"] = static of => Order(of) <= 0, ["gt"] = static of => Order(of) > 0, ["ge"] = static of => Order(of) >= 0,
        ["and"] = static of => of.FirstOrDefault(static one => !IsTrue(one), of[^1]), ["or"] = static of => of.FirstOrDefault(IsTrue, of[^1]), ["not"] = static of => !IsTrue(of[0]),
        ["first"] = static of => of[0], ["value"] = static of => of[0], ["externalURL"] = static _ => "", ["pathPrefix"] = static _ => "",
        // What is asked for in a template would be asked on every reading of an alert.
        ["query"] = static _ => throw new TemplateException(NoQueries),
    };

    /// <summary>True for the name of a function.</summary>
    public static bool Knows(string name) => s_all.ContainsKey(name);

    /// <summary>Calls a function.</summary>
    public static object? Call(string name, IReadOnlyList<object?> arguments, TemplateWork work)
    {
        if (!s_all.TryGetValue(name, out var function)) throw new TemplateException($"function \"{name}\" not defined");
        if (arguments.Count == 0 && name is not ("externalURL" or "pathPrefix")) throw new TemplateException($"{name} takes a value");
        work.Call(name, arguments);
        return TemplateWork.Made(function(arguments));
    }

    /// <summary>False for what is empty: nothing, zero, an empty text or map.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyDictionary<string, string> map => map.Count > 0,
        _ => true,
    };

    /// <summary>A value as it is written.</summary>
    public static string Say(object? value) => value switch
    {
        null => "<no value>",
        bool truth => truth ? "true" : "false",
        double number => GoNumber.Shortest(number),
        IReadOnlyDictionary<string, string> map => "map[" + string.Join(' ', map.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}:{pair.Value}")) + "]",
        _ => value.ToString() ?? "",
    };

    private static object? At(IReadOnlyList<object?> values, int index) => index < values.Count ? values[index] : throw new TemplateException("wrong number of arguments");

    private static string Text(IReadOnlyList<object?> values, int index) => Say(At(values, index));

    private static double Number(IReadOnlyList<object?> values, int index) => At(values, index) switch
    {
        double number => number,
        bool truth => truth ? 1 : 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) => read,
        var other => throw new TemplateException($"'{Say(other)}' is no number"),
    };

    private static bool Same(object? left, object? right) => left is double || right is double ? left is double a && right is double b && a.Equals(b) : Say(left) == Say(right);

    private static int Order(IReadOnlyList<object?> values) =>
        At(values, 0) is double left && At(values, 1) is double right ? left.CompareTo(right) : string.CompareOrdinal(Text(values, 0), Text(values, 1));

    private static string StripPort(string text) => text.LastIndexOf(':') is > 0 and var colon && !text.EndsWith(']') ? text[..colon].Trim('[', ']') : text;

    private static Regex Pattern(string text)
    {
        try
        {
            return LinearPattern.Compile(text);
        }
        catch (ArgumentException e)
        {
            throw new TemplateException(e.Message);
        }
    }

    private static string Printf(string format, IReadOnlyList<object?> values)
    {
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var start = ++i;
            while (i < format.Length && format[i] is '-' or '+' or '#' or ' ' or '.' or (>= '0' and <= '9')) i++;
            if (i >= format.Length) return text.Append("%!(NOVERB)").ToString();
            if (format[i] == '%') text.Append('%');
            else if (next >= values.Count) text.Append("%!").Append(format[i]).Append("(MISSING)");
            else text.Append(Formatted(format[start..i], format[i], values[next++]));
        }

        return text.ToString();
    }

    private static string Formatted(string flags, char verb, object? value)
    {
        var point = flags.IndexOf('.', StringComparison.Ordinal);
        var precision = point < 0 ? -1 : int.TryParse(flags.AsSpan(point + 1), CultureInfo.InvariantCulture, out var digits) ? digits : 0;
        var head = point < 0 ? flags : flags[..point];
        var isLeft = head.Contains('-', StringComparison.Ordinal);
        var width = int.TryParse(head.TrimStart('-', '+', '#', ' ', '0'), CultureInfo.InvariantCulture, out var read) ? Math.Min(read, 1_000) : 0;
        var text = (verb, value) switch
        {
            ('f' or 'F', double number) => GoNumber.Fixed(number, precision < 0 ? 6 : precision),
            ('g' or 'G', double number) => precision < 0 ? GoNumber.Shortest(number) : GoNumber.General(number, precision),
            ('e' or 'E', double number) => GoNumber.Scientific(number, precision < 0 ? 6 : precision),
            ('v', double number) => GoNumber.Shortest(number),
            ('d', double number) => number == Math.Floor(number) ? GoNumber.Fixed(number, 0) : $"%!d(float64={GoNumber.Shortest(number)})",
            ('q', _) => GoNumber.Quoted(Say(value)),
            ('s' or 'v' or 't', _) => precision >= 0 && Say(value) is var whole && whole.Length > precision ? whole[..precision] : Say(value),
            _ => $"%!{verb}({Say(value)})",
        };
        return isLeft ? text.PadRight(width) : text.PadLeft(width);
    }
}
