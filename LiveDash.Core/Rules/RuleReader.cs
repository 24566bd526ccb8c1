using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>Checks what a user wrote and makes a rule of it, or tells every fault at once. Stateless, so safe on any thread.</summary>
public static class RuleReader
{
    private const int MaxNameLength = 200;
    private const int MaxIdLength = 100;
    private const int MaxListed = 64;
    private const int MaxMessageLength = 2_000;

    /// <summary>Reads a rule.</summary>
    public static bool TryRead(RuleConfig config, [NotNullWhen(true)] out RuleModel? rule, out IReadOnlyList<RuleFault> faults)
    {
        var found = new List<RuleFault>();
        rule = null;
        faults = found;
        CheckTexts(config, found);
        var expression = config.Language == RuleLanguage.PromQl ? QueryRuleReader.Read(config, found) : Own(config, found);
        var severity = Choice<Severity>(config.Severity, "severity", found);
        var onNoData = Choice<GapPolicy>(config.OnNoData, "onNoData", found);
        var onError = Choice<GapPolicy>(config.OnError, "onError", found);
        if (config.OnMissing is not ("keep" or "resolve")) found.Add(new("onMissing", null, "'onMissing' is keep or resolve."));
        if (!DurationText.TryParse(config.StaleAfter, out var staleAfter)) found.Add(new("staleAfter", null, $"'staleAfter' is {DurationText.Rule}."));
        if (found.Count > 0) return false;
        var isQuery = config.Language == RuleLanguage.PromQl;
        rule = new RuleModel(isQuery ? config : config with { Expr = expression!.ToString() }, expression!, severity)
        {
            Interval = isQuery && DurationText.TryParse(config.Interval, out var interval) ? interval : TimeSpan.FromSeconds(15),
            StaleAfter = staleAfter,
            ResolvesMissing = config.OnMissing == "resolve",
            OnNoData = onNoData,
            OnError = onError,
        };
        return true;
    }

    private static void CheckTexts(RuleConfig config, List<RuleFault> found)
    {
        if (string.IsNullOrWhiteSpace(config.Name) || config.Name.Length > MaxNameLength)
        {
            found.Add(new("name", null, $"A rule has a name of 1 to {MaxNameLength} characters."));
        }

        else if (config.Name.Any(ExprText.IsInvisible))
        {
            found.Add(new("name", null, "A name holds no control, bidirectional or invisible characters."));
        }

        if (config.Id.Length > MaxIdLength || config.Id.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            found.Add(new("id", null, $"An id has at most {MaxIdLength} letters, digits, '-', '_' and '.'."));
        }

        if (config.Message.Length > MaxMessageLength) found.Add(new("message", null, $"A message has at most {MaxMessageLength:N0} characters."));
        if (config.Channels.Count > MaxListed || config.Channels.Any(string.IsNullOrWhiteSpace))
        {
            found.Add(new("channels", null, $"Channels are at most {MaxListed} names."));
        }

        if (config.Labels.Count > MaxListed || config.Labels.Any(static l => l.Key.Length is 0 or > MaxNameLength || l.Value is not { Length: <= MaxMessageLength }))
        {
            found.Add(new("labels", null, $"Labels are at most {MaxListed} names of 1 to {MaxNameLength} characters with their values."));
        }
    }

    private static RuleExpression? Own(RuleConfig config, List<RuleFault> found)
    {
        if (config.Language != RuleLanguage.LiveDash) found.Add(new("language", null, "'language' is livedash or promql."));
        if (config.For.Length > 0 || config.KeepFiringFor.Length > 0 || config.Clear.Length > 0 || config.Steps.Length > 0 || config.IsRecording) found.Add(new("language", null, "'for', 'keepFiringFor', 'clear', 'steps' and 'record' belong to rules in promql; of others the times stand in the expression."));
        if (RuleExpression.TryParse(config.Expr, out var expression, out var fault)) return expression;
        found.Add(PromQuery.TryParse(config.Expr, out _, out _) ? fault with { Detail = fault.Detail + " It reads as PromQL: such a rule has the language promql." } : fault);
        return null;
    }

    private static T Choice<T>(string text, string field, List<RuleFault> found)
        where T : struct, Enum
    {
        // Enum.TryParse would also take numbers and lists.
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        found.Add(new(field, null, $"'{field}' is {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}."));
        return default;
    }
}
