namespace LiveDash.Core.Rules;

/// <summary>The grammars that a rule may be written in. A rule stays in its own.</summary>
public static class RuleLanguage
{
    /// <summary>Windows and thresholds with their times: <c>mean(cpu.load, 30s) &gt; 80 for 10s</c>.</summary>
    public const string LiveDash = "livedash";

    /// <summary>PromQL: <c>sum by (job) (rate(errors_total[5m])) &gt; 1</c>.</summary>
    public const string PromQl = "promql";
}
