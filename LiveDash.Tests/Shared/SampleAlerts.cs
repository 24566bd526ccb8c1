using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Shared;

/// <summary>Alerts as the book gives them, without an engine.</summary>
internal static class SampleAlerts
{
    /// <summary>A rule of that text.</summary>
    public static RuleModel Rule(string id, string expr, string severity = "warning") =>
        RuleReader.TryRead(new RuleConfig { Id = id, Name = id, Expr = expr, Severity = severity }, out var rule, out var faults)
            ? rule
            : throw new ArgumentException(string.Join(' ', faults.Select(static f => f.Detail)), nameof(expr));

    /// <summary>An open alert.</summary>
    /// <param name="rule">Its rule's id.</param>
    /// <param name="series">Its series.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="firedAt">When it fired, in seconds.</param>
    public static Alert Firing(string rule, string series, Severity severity = Severity.Warning, int firedAt = 0) => new()
    {
        Id = $"{rule}-{series}",
        Rule = Rule(rule, $"last({series}, 1) > 80", severity.ToString()),
        Series = SeriesKey.TryParse(series, out var key) ? key! : throw new ArgumentException("Not a series.", nameof(series)),
        State = AlertState.Firing,
        Severity = severity,
        Value = 91.3,
        Peak = 97,
        ActiveAt = firedAt * TimeSpan.TicksPerSecond,
        FiredAt = firedAt * TimeSpan.TicksPerSecond,
        Episode = $"episode-{rule}-{series}",
    };
}
