using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Reading;

/// <summary>The query string of <c>GET /api/points</c>, as sent; <see cref="PointRequest"/> is what it means.</summary>
internal sealed class PointParameters
{
    /// <summary>Which series.</summary>
    [FromQuery(Name = "series")]
    [Description("Series to give: name or name{tag=value,...}, with * and ? as wildcards; several by repeating the parameter or with commas. Without a wildcard exactly the series spelled. All series when left out.")]
    public string[]? Series { get; init; }

    /// <summary>A mapped collection in the place of stored series.</summary>
    [FromQuery(Name = "collection")]
    [Description("A mapped collection of MongoDB, read straight from its server in the order of its keys, in the place of stored series; order=desc, after and arrivedAfter do not go with it.")]
    public string? Collection { get; init; }

    /// <summary>Which tags.</summary>
    [FromQuery(Name = "tag")]
    [Description("Only series with this tag, as key=value with wildcards; may be repeated, all must match. With it a series without braces is chosen by name, whatever its other tags.")]
    public string[]? Tag { get; init; }

    /// <summary>The first moment.</summary>
    [FromQuery(Name = "from")]
    [Description("First moment: ISO 8601, epoch milliseconds, or relative such as now-15m.")]
    public string? From { get; init; }

    /// <summary>The first moment after.</summary>
    [FromQuery(Name = "to")]
    [Description("First moment after the range, which is half-open; the same forms as from.")]
    public string? To { get; init; }

    /// <summary>How many.</summary>
    [FromQuery(Name = "limit")]
    [Description("At most so many points, 1 or more. All when left out.")]
    public string? Limit { get; init; }

    /// <summary>Oldest or newest first.</summary>
    [FromQuery(Name = "order")]
    [Description("asc (oldest first, the default) or desc; by time, then id.")]
    public string? Order { get; init; }

    /// <summary>Where.</summary>
    [FromQuery(Name = "bbox")]
    [Description("Only points located in this rectangle, edges included: minX,minY,maxX,maxY.")]
    public string? BBox { get; init; }

    /// <summary>What of each.</summary>
    [FromQuery(Name = "fields")]
    [Description("Members of each line, in this order: any of id, series, tags, t, value, pt, with commas. All when left out.")]
    public string? Fields { get; init; }

    /// <summary>Where to resume.</summary>
    [FromQuery(Name = "after")]
    [Description("Resumes behind the point with this id, in the same selection and order; t,id resumes without looking the id up.")]
    public string? After { get; init; }

    /// <summary>What came late too.</summary>
    [FromQuery(Name = "arrivedAfter")]
    [Description("Only points that arrived after the one with this id, whatever their times: to follow a series, late points included.")]
    public string? ArrivedAfter { get; init; }

    /// <summary>Which format.</summary>
    [FromQuery(Name = "format")]
    [Description("ndjson, csv, arrow or columns (binary, see docs/COLUMNS.md); wins over the header Accept, for links that cannot set one.")]
    public string? Format { get; init; }
}
