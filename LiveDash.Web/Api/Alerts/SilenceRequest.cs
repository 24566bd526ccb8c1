namespace LiveDash.Web.Api.Alerts;

/// <summary>What <c>POST /api/silences</c> takes: a rule, a series pattern or both, and how long.</summary>
internal sealed record SilenceRequest
{
    /// <summary>The rule's id or name.</summary>
    public string? Rule { get; init; }

    /// <summary>A series with its tags, or a pattern.</summary>
    public string? Series { get; init; }

    /// <summary>How long, such as <c>1h</c>; or give <see cref="EndsAt"/>.</summary>
    public string? Duration { get; init; }

    /// <summary>From when; default now.</summary>
    public string? StartsAt { get; init; }

    /// <summary>Until when.</summary>
    public string? EndsAt { get; init; }

    /// <summary>Why.</summary>
    public string? Comment { get; init; }
}
