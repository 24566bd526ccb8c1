using System.IO.Pipelines;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Points;

/// <summary>Runs one body through a decoder and says what became of it. Stateless.</summary>
internal static class IngestRun
{
    // Within one body a full queue is waited for so long, before the rest is refused.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs the body to its end, or to the fault that ends it.</summary>
    /// <returns>The report of what was done, and the fault with its HTTP status, or null.</returns>
    public static async Task<(IngestReport Report, IngestFailure? Failure)> RunAsync(
        HttpContext context, IngestServices services, string kind, PipeReader body, StreamDecoder decoder, AckMode ack)
    {
        await using var session = new IngestSession(services.Pipeline, services.Sources.Get(kind, SourceName(context)), services.Time, s_patience) { Allowance = context.Features.Get<SeriesAllowance>() };
        return await RunAsync(context, session, ack, () => StreamPump.RunAsync(body, decoder, session, services.Limits, services.Time, context.RequestAborted));
    }

    /// <summary>Runs a file, which waits for the store however long that takes; see <see cref="RunAsync(HttpContext, IngestServices, string, PipeReader, StreamDecoder, AckMode)"/>.</summary>
    public static async Task<(IngestReport Report, IngestFailure? Failure)> ImportAsync(
        HttpContext context, IngestServices services, PipeReader body, ImportFormat format, ImportMap map)
    {
        await using var session = new IngestSession(services.Pipeline, services.Sources.Get("import", SourceName(context)), services.Time, Timeout.InfiniteTimeSpan)
        {
            MaxWaiting = IngestSession.FileBatches,
            Allowance = context.Features.Get<SeriesAllowance>(),
        };
        return await RunAsync(context, session, AckMode.Stored, () => services.Decoders.ImportAsync(format, map, body, session, services.Time, context.RequestAborted));
    }

    private static async Task<(IngestReport Report, IngestFailure? Failure)> RunAsync(HttpContext context, IngestSession session, AckMode ack, Func<Task> pump)
    {
        var aborted = context.RequestAborted;
        try
        {
            if (context.Request.Body is EncodedBody encoded) await encoded.PrepareAsync(aborted);
            await pump();
            return (await session.CompleteAsync(ack, aborted), null);
        }
        catch (Exception e) when (Explain(e) is { } failure)
        {
            // What came before the fault is kept, and told.
            return (await SettleAsync(session, ack, aborted), failure);
        }
    }

    /// <summary>What the store refused, or null.</summary>
    public static IngestFailure? StoreFailure(IngestReport report) => report.Outcome switch
    {
        StoreOutcome.Kept => null,
        StoreOutcome.Full => new(StatusCodes.Status507InsufficientStorage, "store_full",
            $"The disk is full: {report.NotKept} points were seen by live views and rules, but not kept.", RetryAfter: 30),
        _ => new(StatusCodes.Status503ServiceUnavailable, "store_unavailable",
            $"The store takes no points now: {report.NotKept} were seen by live views and rules, but not kept.", RetryAfter: 30),
    };

    private static async Task<IngestReport> SettleAsync(IngestSession session, AckMode ack, CancellationToken cancellationToken)
    {
        try
        {
            return await session.CompleteAsync(ack, cancellationToken);
        }
        catch (QueueFullException)
        {
            return session.Report(ack);
        }
    }

    private static IngestFailure? Explain(Exception e) => e switch
    {
        QueueFullException full => new(StatusCodes.Status429TooManyRequests, "queue_full", full.Message, (int)full.RetryAfter.TotalSeconds),
        BodyTooLargeException large => new(StatusCodes.Status413PayloadTooLarge, "too_large", large.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is longer than LiveDash:Limits:MaxBodyBytes allows."),
        BodyRefusedException refused => new(refused.Status, refused.Code, refused.Message, refused.Status == StatusCodes.Status429TooManyRequests ? 1 : null),
        ImportQuestionException question => new(StatusCodes.Status400BadRequest, "ambiguous_" + (question.Parameter == "timeFormat" ? "time" : question.Parameter), question.Message),
        NoTextException binary => new(StatusCodes.Status400BadRequest, "no_text", binary.Message),
        TooManyFaultsException faults => new(StatusCodes.Status400BadRequest, "too_many_faults", faults.Message),
        TimeoutException late => new(StatusCodes.Status408RequestTimeout, "idle", late.Message),
        _ => null,
    };

    /// <summary>The name of the sender's key, else what it calls itself by <c>X-Source</c> or <c>?source=</c>, else its address.</summary>
    private static string SourceName(HttpContext context)
    {
        // A key is a sender: what it sends is accounted under its name, whatever it calls itself.
        if (context.Features.Get<KeyName>() is { Name: var key }) return key;
        var name = context.Request.Headers["X-Source"].ToString();
        if (name.Length == 0) name = context.Request.Query["source"].ToString();
        return name.Length > 0 ? name : context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
    }
}
