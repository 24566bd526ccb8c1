using LiveDash.Core.Alerts;

namespace LiveDash.Web.Api.Alertmanager;

/// <summary>What <c>POST /api/v2/silences</c> takes (Alertmanager's OpenAPI's <c>postableSilence</c>).</summary>
internal sealed record AlertmanagerSilenceRequest
{
    /// <summary>The silence to change; none for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Conditions on the labels; at least one.</summary>
    public IReadOnlyList<AlertMatcher> Matchers { get; init; } = [];

    /// <summary>From when.</summary>
    public string StartsAt { get; init; } = "";

    /// <summary>Until when.</summary>
    public string EndsAt { get; init; } = "";

    /// <summary>Who.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Why.</summary>
    public string Comment { get; init; } = "";
}
