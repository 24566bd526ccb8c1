using System.Text.Json;
using LiveDash.Core.Query.Live;
using LiveDash.Web.Api.Reading;
using LiveDash.Web.Api.Windows;

namespace LiveDash.Web.Api.Query;

/// <summary>
/// Server-Sent Events of an expression: its answer at the start and then whenever points change it or time does, at most so many times a second; a reader that is slow gets the newest. A fault
/// is an event of its own, and the stream goes on.
/// </summary>
internal sealed class ExpressionStream(LiveQuery query, TimeProvider time, StreamPlace place) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await EventStream.RunAsync(httpContext, RunAsync);
        }
        finally
        {
            query.Dispose();
            place.Dispose();
        }
    }

    private async Task RunAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var read = 0L;
        var told = "";
        while (true)
        {
            var text = await EventStream.WaitAsync(response, NextAsync, time, cancellationToken);
            await response.WriteAsync(text + "\n\n", cancellationToken);
        }

        async Task<string> NextAsync(CancellationToken stop)
        {
            while (true)
            {
                var update = await query.NextAsync(read, stop);
                read = update.Number;
                var text = update.Result is { } result
                    ? "event: result\ndata: " + JsonSerializer.Serialize(QueryAnswer.From(result), JsonSerializerOptions.Web)
                    : "event: fault\ndata: " + JsonSerializer.Serialize(new { detail = update.Fault?.Message }, JsonSerializerOptions.Web);
                // The same fault is told once; meanwhile the stream says that it is still here.
                if (update.Result is not null || text != told) return told = text;
            }
        }
    }
}
