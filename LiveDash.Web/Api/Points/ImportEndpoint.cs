using System.ComponentModel;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Points;

/// <summary><c>POST /api/import</c>: a file of points as the body, through the same admission as every other point.</summary>
public static class ImportEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapImport(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/import", PostAsync)
            .WithTags("points")
            .WithSummary("Takes a file of points: CSV with a header, JSON objects, GeoJSON points, or NDJSON")
            .WithDescription("The body is the file. A row's number and the file's name make its id: importing the same CSV, JSON or GeoJSON again keeps each row once, and tells which were kept before with another value; replace=true puts the new one in its place. Rows without a time are known by what they say, too. A member within a member is named with dots: record.high.")
            .WithStreamedBody("The file as it is; gzip, br, deflate or zstd where Content-Encoding says so.", "text/csv", "application/json", "application/geo+json", "application/x-ndjson", "application/octet-stream")
            .Produces<PointsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .DisableAntiforgery();

    private static async Task<IResult> PostAsync(
        HttpContext context, [FromServices] IngestServices services,
        [Description("csv, json, geojson, or points as POST /api/points takes them.")] string format,
        [Description("The file's name; a source of its own.")] string? source = null,
        [Description("The series of rows that name none: name or name{tag=value}.")] string? series = null,
        [Description("The column that names each row's series.")] string? seriesColumn = null,
        [Description("The column with the time.")] string? time = null,
        [FromQuery, Description("The column or member with the value, or several, by commas or given more than once: each is a series of its own, called series.column. Without one each value is 1.")] string[]? value = null,
        [Description("The column with x.")] string? x = null,
        [Description("The column with y.")] string? y = null,
        [Description("The time of rows without one; epoch milliseconds or ISO 8601.")] string? modified = null,
        [Description("How times are written: auto (the default: found out over the first thousand rows, and asked where it is not certain), iso, dmy, mdy, compact, excel, s, ms, us or ns.")] string? timeFormat = null,
        [Description("The decimal mark of numbers, a point or a comma; found out column by column where it is not said.")] string? @decimal = null,
        [Description("What stands between the cells of CSV, one character or tab; found out where it is not said.")] string? separator = null,
        [Description("Whether times before 2000, and more than five minutes ahead, are meant; of any format.")] bool allowOld = false,
        [Description("Whether rows that were kept before with another value take its place.")] bool replace = false)
    {
        if (!Enum.TryParse<ImportFormat>(format, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return ApiProblem.BadParameter("format", "format is csv, json, geojson or points.");
        if (series is not null && !SeriesKey.TryParse(series, out _)) return ApiProblem.BadParameter("series", "A series is name or name{tag=value}.");
        var ticks = 0L;
        if (modified is not null && !TimeText.TryParse(modified, services.Time.GetUtcNow().UtcTicks, out ticks)) return ApiProblem.BadParameter("modified", $"'{modified}' is not a time.");
        if (!Enum.TryParse<TimeFormat>(timeFormat ?? "auto", ignoreCase: true, out var times) || !Enum.IsDefined(times)) return ApiProblem.BadParameter("timeFormat", "timeFormat is auto, iso, dmy, mdy, compact, excel, s, ms, us or ns.");
        if (@decimal is not (null or "auto" or "." or ",")) return ApiProblem.BadParameter("decimal", "decimal is auto, . or a comma.");
        if (separator is not (null or "auto" or "tab") && !(separator is [var mark] && FilePreview.CanPart(mark))) return ApiProblem.BadParameter("separator", "separator is auto, tab, or one character of ASCII that is no letter, digit, quote or space.");
        var map = new ImportMap
        {
            Series = series ?? FilePreview.SeriesOf(source ?? ""), SeriesColumn = seriesColumn, Time = time, Values = value ?? [], X = x, Y = y, DefaultTicks = ticks, FileId = source ?? "",
            TimeFormat = times, DecimalComma = @decimal is null or "auto" ? null : @decimal == ",", Separator = separator switch { null or "auto" => null, "tab" => '\t', var one => one[0] },
            AllowOld = allowOld, Replace = replace,
        };
        var body = IngestBody.Open(context, services.Limits);
        // A file is not compressed on its way: it may be as long as a decompressed body.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = services.Limits.MaxDecompressedBytes;
        var (report, failure) = await IngestRun.ImportAsync(context, services, body, kind, map);
        return PointsIngestEndpoint.Answer(context, report, failure);
    }
}
