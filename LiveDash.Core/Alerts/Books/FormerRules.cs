using System.Text.RegularExpressions;

namespace LiveDash.Core.Alerts.Books;

/// <summary>Brings rules that were kept by an earlier version to today's text, with the meaning they had. Stateless, so safe on any thread.</summary>
internal static partial class FormerRules
{
    /// <summary><c>anomaly(x, 300) &gt; 5</c> was the absolute robust z-score; <c>anomaly(x)</c> alone stands for the detector now.</summary>
    public static string Read(string expr) => OldAnomaly().Replace(expr, static match =>
    {
        var (series, window) = (match.Groups["series"].Value, match.Groups["window"].Success ? match.Groups["window"].Value : "300");
        var (sign, score) = match.Groups["sign"].Success ? (match.Groups["sign"].Value, match.Groups["score"].Value) : (">", "5");
        return $"(zscore({series}, {window}) {sign} {score} or zscore({series}, {window}) {(sign.Length > 1 ? "<=" : "<")} -{score})";
    });

    [GeneratedRegex(@"\banomaly\s*\(\s*(?<series>(?:[^(){},]|\{[^}]*\})+?)\s*(?:,\s*(?<window>(?:\w+ )?[0-9][^(){},]*?)\s*\)(?:\s*(?<sign>>=?)\s*(?<score>[0-9.]+))?|\)\s*(?<sign>>=?)\s*(?<score>[0-9.]+))", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex OldAnomaly();
}
