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
        var value = Figure(double.IsFinite(transition.Value) ? transition.Value : null);
        if (kind == "flapping") return $"{rule.Config.Name} is flapping: {transition.Series} began or ended six times within ten minutes. Nothing more is told until it has been calm for ten minutes.";
        if (rule.Config.Message.Length > 0)
        {
            return rule.Config.Message.Replace("{series}", transition.Series.ToString(), StringComparison.Ordinal)
                .Replace("{value}", value, StringComparison.Ordinal)
                .Replace("{rule}", rule.Config.Name, StringComparison.Ordinal)
                .Replace("{severity}", Word(transition.Severity), StringComparison.Ordinal);
        }

        var state = kind == "resolved" ? $"is over ({transition.Reason})" : $"is {Word(transition.Severity)}";
        return $"{rule.Config.Name} {state}: {transition.Series} at {value}, by {rule.Expression}";
    }

    /// <summary>A template filled in; each value is escaped to stand within a JSON string.</summary>
    public static string Fill(string template, Delivery delivery)
    {
        var first = delivery.Notices[0];
        var text = new StringBuilder(template);
        (string Name, string Value)[] values =
        [
            ("rule", first.Rule), ("series", first.Series), ("value", Figure(first.Value)), ("severity", Word(first.Severity)), ("state", first.Kind),
            ("message", first.Message), ("count", delivery.Notices.Count.ToString(CultureInfo.InvariantCulture)), ("key", delivery.Key),
        ];
        foreach (var (name, value) in values) text.Replace($"{{{name}}}", JsonEncodedText.Encode(value).ToString());
        return text.ToString();
    }

    /// <summary>All of a delivery as plain lines.</summary>
    public static string Lines(Delivery delivery) => string.Join('\n', delivery.Notices.Select(static notice => notice.Message));

    internal static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Figure(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "no value";
}
