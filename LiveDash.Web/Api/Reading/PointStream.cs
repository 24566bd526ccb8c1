using System.Buffers;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// An answer that streams points: the headers leave at once, the first rows as soon as there are any, then pieces that grow to 128 KiB. The memory
/// is one such piece whatever the number of points, because the socket's back pressure holds the scan. A reader that goes away ends the scan at once.
/// </summary>
internal sealed class PointStream(PointWriter writer, IAsyncEnumerable<PointBlock> blocks) : IResult
{
    private const int FirstRows = 64;
    private const int BufferBytes = 2 * PointWriter.MaxRow;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = writer.ContentType;
        httpContext.Response.Headers.CacheControl = "no-store";
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await httpContext.Response.StartAsync(httpContext.RequestAborted);
            await CopyAsync(httpContext.Response, buffer, httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone; nobody is left to be told.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task CopyAsync(HttpResponse response, byte[] buffer, CancellationToken cancellationToken)
    {
        var body = response.BodyWriter;
        var head = writer.WriteHead(buffer);
        if (head > 0) await body.WriteAsync(buffer.AsMemory(0, head), cancellationToken);
        var pace = FirstRows;
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            var row = 0;
            while (row < block.Count)
            {
                var last = Math.Min(block.Count, row + pace);
                var length = writer.Write(block, ref row, last, buffer);
                pace = Math.Min(pace * 4, 1 << 20);
                var flushed = await body.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                if (flushed.IsCompleted || flushed.IsCanceled) return;
            }
        }

        var tail = writer.WriteTail(buffer);
        if (tail > 0) await body.WriteAsync(buffer.AsMemory(0, tail), cancellationToken);
    }
}
