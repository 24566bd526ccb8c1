using LiveDash.Core.Rules;

namespace LiveDash.Web.Api.Rules;

/// <summary>What <c>POST /api/rules/preview</c> takes.</summary>
internal sealed record PreviewRequest
{
    /// <summary>The rule's text.</summary>
    public required string Expr { get; init; }

    /// <summary>From when; default a day ago.</summary>
    public string From { get; init; } = "now-1d";

    /// <summary>Until when; default now.</summary>
    public string To { get; init; } = "now";

    /// <summary>The rule's severity where no step says another.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>True to judge a window before it is full.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>A rule that is judged and not kept.</summary>
    public RuleConfig ToRule() => new() { Id = "preview", Name = "preview", Expr = Expr, Severity = Severity, AllowPartial = AllowPartial };
}
