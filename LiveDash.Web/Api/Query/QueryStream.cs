using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Web.Api.Query;

/// <summary>The values of a range as lines of NDJSON or CSV, or as an Apache Arrow stream with a batch a series; series by series, each by time. Memory is that of the answer.</summary>
internal sealed class QueryStream(QueryResult result, string format) : IResult
{
    private const int FlushAt = 64 * 1024;
    private static readonly TimestampType s_time = new(TimeUnit.Microsecond, "UTC");

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        foreach (var warning in result.Warnings.Take(5)) WarningHeader.Add(httpContext.Response, warning);
        httpContext.Response.ContentType = format switch { "csv" => "text/csv; charset=utf-8", "arrow" => ArrowStream.MediaType, _ => "application/x-ndjson" };
        if (format == "arrow") await WriteArrowAsync(httpContext);
        else await WriteLinesAsync(httpContext);
    }

    private async Task WriteLinesAsync(HttpContext context)
    {
        var text = new StringBuilder(format == "csv" ? "time,series,value\r\n" : "");
        foreach (var one in result.Series)
        {
            var head = format == "csv" ? CsvWriter.Cell(one.Labels.ToString()) : "{\"series\":" + JsonSerializer.Serialize(one.Labels.ToString()) + ",\"labels\":" + JsonSerializer.Serialize(one.Labels.Pairs.ToDictionary());
            for (var i = 0; i < one.Times.Length; i++)
            {
                var time = TimeText.Format(one.Times.Span[i]);
                var value = one.Values.Span[i];
                if (format == "csv") text.Append(time).Append(',').Append(head).Append(',').Append(PlainNumber.Text(value)).Append("\r\n");
                else text.Append(head).Append(",\"t\":\"").Append(time).Append("\",\"value\":").Append(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "\"" + PlainNumber.Text(value) + "\"").Append("}\n");
                if (text.Length < FlushAt) continue;
                await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
                text.Clear();
            }
        }

        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private async Task WriteArrowAsync(HttpContext context)
    {
        var schema = new Schema.Builder().Field(new Field("t", s_time, false)).Field(new Field("series", StringType.Default, false)).Field(new Field("value", DoubleType.Default, false)).Build();
        using var writer = new ArrowStreamWriter(context.Response.Body, schema, leaveOpen: true);
        await writer.WriteStartAsync(context.RequestAborted);
        foreach (var one in result.Series)
        {
            var times = new Int64Array.Builder().Reserve(one.Times.Length);
            var names = new StringArray.Builder().Reserve(one.Times.Length);
            var (values, name) = (new DoubleArray.Builder().Reserve(one.Times.Length), one.Labels.ToString());
            for (var i = 0; i < one.Times.Length; i++)
            {
                times.Append((one.Times.Span[i] - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
                names.Append(name);
                values.Append(one.Values.Span[i]);
            }

            using var built = times.Build();
            var stamps = new TimestampArray(s_time, built.ValueBuffer, ArrowBuffer.Empty, built.Length, 0, 0);
            using var batch = new RecordBatch(schema, [stamps, names.Build(), values.Build()], built.Length);
            await writer.WriteRecordBatchAsync(batch, context.RequestAborted);
        }

        await writer.WriteEndAsync(context.RequestAborted);
    }
}
