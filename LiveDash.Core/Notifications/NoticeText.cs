using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Notifications;

/// <summary>What notices say. Stateless, so safe on any thread.</summary>
public static class NoticeText
{
    /// <summary>The sentence of a change: the rule's own message filled in, or the usual one.</summary>
    public static string Message(AlertTransition transition, string kind)
    {
        var rule = transition.Rule;
        var value = transition.Live.TextOf(transition.Value) ?? Figure(double.IsFinite(transition.Value) ? transition.Value : null);
        if (kind == "flapping") return $"{rule.Config.Name} is flapping: {transition.Series} began or ended six times within ten minutes. Nothing more is told until it has been calm for ten minutes.";
        if (kind == "resolved") return Over(rule.Config.Name, transition.Series.ToString(), transition.Reason, transition.Cause);
        // A rule's own words are about its condition: of no data, or of a fault, they would say what is not so.
        if (rule.Config.Message.Length > 0 && transition.Cause == AlertCause.Breach)
        {
            return FillIn(rule.Config.Message, name => name switch
            {
                "series" => transition.Series.ToString(),
                "value" => value,
                "rule" => rule.Config.Name,
                "severity" => Word(transition.Severity),
                _ => null,
            });
        }

        if (transition.Cause == AlertCause.Breach && rule.Config.Annotations.Count > 0)
        {
            var said = AlertLabels.Annotations(rule, transition.Series, transition.Value);
            if ((said.GetValueOrDefault("description") ?? said.GetValueOrDefault("summary") ?? said.GetValueOrDefault("message")) is { Length: > 0 } words) return words;
        }

        return $"{rule.Config.Name} is {Word(transition.Severity)}: {transition.Series}, {AlertWords.Because(transition.Cause, AlertWords.Duration(rule.Driver, transition.Value) ?? value, rule.Expression.ToString(), rule.StaleAfter, transition.Why)}";
    }

    /// <summary>The sentence of an end.</summary>
    public static string Over(string rule, string series, string? reason, AlertCause cause) => $"{rule} is over: {series}, {AlertWords.Reason(reason, cause)}";

    /// <summary>As much of a text as may be sent; a character of two parts is never cut in half.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>A template filled in; each value is escaped to stand within a JSON string.</summary>
    public static string Fill(string template, Delivery delivery)
    {
        var first = delivery.Notices[0];
        string? Value(string name) => name switch
        {
            "rule" => first.Rule,
            "series" => first.Series,
            "value" => Figure(first.Value),
            "severity" => Word(first.Severity),
            "state" => first.Kind,
            "message" => first.Message,
            "count" => delivery.Notices.Count.ToString(CultureInfo.InvariantCulture),
            "key" => delivery.Key,
            // Nothing where there are none, so that one template serves with and without.
            "link" => first.Link ?? "",
            "picture" => first.Picture ?? "",
            _ => null,
        };
        return FillIn(template, name => Value(name) is { } value ? JsonEncodedText.Encode(value).ToString() : null);
    }

    /// <summary>All of a delivery as plain lines.</summary>
    public static string Lines(Delivery delivery) => string.Join('\n', delivery.Notices.Select(static notice => notice.Message));

    /// <summary>The same, with the links of each below it.</summary>
    public static string LinesWithLinks(Delivery delivery) => string.Join('\n', delivery.Notices.Select(static notice =>
        notice.Message + (notice.Link is { } link ? $"\nAcknowledge or silence: {link}" : "") + (notice.Picture is { } picture ? $"\nChart: {picture}" : "")));

    internal static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    // In one go from left to right: a value that looks like a placeholder, such as a rule's name, stays a value.
    private static string FillIn(string template, Func<string, string?> valueOf)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < template.Length)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0) break;
            // The innermost opening brace counts: JSON around a placeholder has braces too.
            open = template.LastIndexOf('{', close);
            text.Append(template, at, open - at);
            if (valueOf(template[(open + 1)..close]) is { } value) text.Append(value);
            else text.Append(template, open, close + 1 - open);
            at = close + 1;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private static string Figure(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "no value";
}
