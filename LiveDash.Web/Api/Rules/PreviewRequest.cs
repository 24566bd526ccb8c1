using LiveDash.Core.Rules;

namespace LiveDash.Web.Api.Rules;

/// <summary>What <c>POST /api/rules/preview</c> takes.</summary>
internal sealed record PreviewRequest
{
    /// <summary>The rule's text.</summary>
    public required string Expr { get; init; }

    /// <summary>The grammar of the text: livedash (default) or promql.</summary>
    public string Language { get; init; } = RuleLanguage.LiveDash;

    /// <summary>Of promql: how long it must hold before it fires; empty for at once.</summary>
    public string For { get; init; } = "";

    /// <summary>Of promql: how long it must be gone before it resolves; empty for at once.</summary>
    public string KeepFiringFor { get; init; } = "";

    /// <summary>Of promql: the threshold at which it is over; empty for that of the expression.</summary>
    public string Clear { get; init; } = "";

    /// <summary>Of promql: further thresholds with their severities, such as critical 95.</summary>
    public string Steps { get; init; } = "";

    /// <summary>From when; default a day ago.</summary>
    public string From { get; init; } = "now-1d";

    /// <summary>Until when; default now.</summary>
    public string To { get; init; } = "now";

    /// <summary>The rule's severity where no step says another.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>True to judge a window before it is full.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>A rule that is judged and not kept.</summary>
    public RuleConfig ToRule() => new() { Id = "preview", Name = "preview", Language = Language, Expr = Expr, For = For, KeepFiringFor = KeepFiringFor, Clear = Clear, Steps = Steps, Severity = Severity, AllowPartial = AllowPartial };
}
