using System.ComponentModel;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api;

/// <summary><c>POST /api/import</c>: a file of points as the body, through the same admission as every other point.</summary>
public static class ImportEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapImport(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/import", PostAsync)
            .WithTags("points")
            .WithSummary("Takes a file of points: CSV with a header, JSON objects, GeoJSON points, or NDJSON")
            .WithDescription("The body is the file. A row's number and the file's name make its id: importing the same CSV, JSON or GeoJSON again keeps each row once. A member within a member is named with dots: record.high.")
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
        [Description("The column or member with the value; without one each value is 1.")] string? value = null,
        [Description("The column with x.")] string? x = null,
        [Description("The column with y.")] string? y = null,
        [Description("The time of rows without one; epoch milliseconds or ISO 8601.")] string? modified = null)
    {
        if (!Enum.TryParse<ImportFormat>(format, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return ApiProblem.BadParameter("format", "format is csv, json, geojson or points.");
        if (series is not null && !SeriesKey.TryParse(series, out _)) return ApiProblem.BadParameter("series", "A series is name or name{tag=value}.");
        var ticks = 0L;
        if (modified is not null && !TimeText.TryParse(modified, services.Time.GetUtcNow().UtcTicks, out ticks)) return ApiProblem.BadParameter("modified", $"'{modified}' is not a time.");
        var map = new ImportMap
        {
            Series = series ?? FilePreview.SeriesOf(source ?? ""), SeriesColumn = seriesColumn, Time = time, Value = value, X = x, Y = y, DefaultTicks = ticks, FileId = source ?? "",
        };
        var body = IngestBody.Open(context, services.Limits);
        // A file is not compressed on its way: it may be as long as a decompressed body.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = services.Limits.MaxDecompressedBytes;
        var (report, failure) = await IngestRun.RunAsync(context, services, "import", body, services.Decoders.File(kind, map), AckMode.Stored);
        return PointsIngestEndpoint.Answer(context, report, failure);
    }
}
