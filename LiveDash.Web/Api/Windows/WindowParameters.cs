using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Windows;

/// <summary>The query string of <c>GET /api/windows</c>, as sent; <see cref="WindowQuery"/> is what it means.</summary>
internal sealed class WindowParameters
{
    /// <summary>Which series.</summary>
    [FromQuery(Name = "series")]
    [Description("Series to summarise: name or name{tag=value,...}, with * and ? as wildcards; several by repeating the parameter or with commas. One series spelled without a wildcard answers one object, anything else an array.")]
    public string[]? Series { get; init; }

    /// <summary>Which tags.</summary>
    [FromQuery(Name = "tag")]
    [Description("Only series with this tag, as key=value with wildcards; may be repeated, all must match.")]
    public string[]? Tag { get; init; }

    /// <summary>Which points count.</summary>
    [FromQuery(Name = "window")]
    [Description("Which points count: 500, 30s, tumbling 1m, hopping 5m/30s, session 30s. What the settings give each series when left out.")]
    public string? Window { get; init; }

    /// <summary>What else is computed.</summary>
    [FromQuery(Name = "aggregates")]
    [Description("Further aggregates with commas, such as p95,ewma 30s,above 80.")]
    public string? Aggregates { get; init; }
}
