using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Statistics;

/// <summary>The query string of <c>/api/statistics</c>, as sent.</summary>
internal sealed class StatisticsParameters
{
    /// <summary>Which series.</summary>
    [FromQuery(Name = "series")]
    [Description("Which series: name or name{tag=value,...}, with * and ? as wildcards; may be repeated. Of more than 20, those with most points.")]
    public string[]? Series { get; init; }

    /// <summary>Which tags.</summary>
    [FromQuery(Name = "tag")]
    [Description("Only series with this tag, as key=value with wildcards; may be repeated, all must match.")]
    public string[]? Tag { get; init; }

    /// <summary>The first moment.</summary>
    [FromQuery(Name = "from")]
    [Description("First moment: ISO 8601, epoch milliseconds, or relative such as now-15m.")]
    public string? From { get; init; }

    /// <summary>The first moment after.</summary>
    [FromQuery(Name = "to")]
    [Description("First moment after the range, which is half-open; the same forms as from.")]
    public string? To { get; init; }

    /// <summary>The zone of hours and weekdays.</summary>
    [FromQuery(Name = "zone")]
    [Description("The time zone whose hours and weekdays are told, such as Europe/Berlin; UTC when left out.")]
    public string? Zone { get; init; }

    /// <summary>How many bins.</summary>
    [FromQuery(Name = "bins")]
    [Description("How many bins the histogram has, 2 to 500; of a round width when left out.")]
    public string? Bins { get; init; }
}
