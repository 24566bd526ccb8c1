using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Points;

/// <summary>
/// <c>GET /api/points/ws</c>: NDJSON over a WebSocket, one point or more a message. With <c>?ack=stored</c> or <c>?ack=received</c> each line is answered by one message. A sender faster than
/// the store is slowed: nothing more is read from it.
/// </summary>
internal static class PointsSocketEndpoint
{
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(2);

    /// <summary>Maps the route.</summary>
    public static void MapPointsSocket(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/points/ws", RunAsync)
            .WithName("PointsSocket")
            .WithTags("points")
            .WithSummary("Takes points over a WebSocket: lines of NDJSON; with ?ack= each is answered.")
            .Produces(StatusCodes.Status101SwitchingProtocols)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> RunAsync(
        HttpContext context, ListenerBoard board, ListenerSessions sessions, Limits limits, IHostApplicationLifetime lifetime, string? ack = null)
    {
        if (ack is not (null or "stored" or "received")) return ApiProblem.BadParameter("ack", "ack is 'stored' or 'received', or left out for no answers.");
        if (!context.WebSockets.IsWebSocketRequest) return ApiProblem.Result(StatusCodes.Status400BadRequest, "websocket_expected", "This address takes a WebSocket: ws://.../api/points/ws.");
        var status = board[ListenerSpec.WebSocket];
        var peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!status.TryOpen(peer))
        {
            return ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "too_many_connections",
                $"More WebSockets are open than {ListenerBoard.Section(status.Spec)}:MaxConnections or :MaxConnectionsPerAddress allows.");
        }

        string? reason = "broken_off";
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            AckMode? mode = ack switch { "stored" => AckMode.Stored, "received" => AckMode.Received, _ => null };
            reason = await ServeAsync(socket, status, peer, mode, sessions, limits, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException or QueueFullException)
        {
            // The sender is gone, or the program stops: what it sent before is kept.
        }
        finally
        {
            status.Close(peer, reason);
        }

        return Results.Empty;
    }

    private static async Task<string?> ServeAsync(
        WebSocket socket, ListenerStatus status, IPAddress peer, AckMode? ack, ListenerSessions sessions, Limits limits, CancellationToken stop)
    {
        // Small, so that the sender is slowed soon after the queue is full.
        var incoming = new Pipe(new PipeOptions(pauseWriterThreshold: limits.MaxWebSocketBytes, resumeWriterThreshold: limits.MaxWebSocketBytes / 2));
        var outgoing = new Pipe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // True where a message was longer than allowed; known once nothing more is fed.
        var fed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiving = ReceiveAsync(socket, incoming.Writer, limits.MaxWebSocketBytes, fed, ended.Token);
        var sending = SendAsync(socket, outgoing.Reader, ended.Token);
        string? reason;
        try
        {
            reason = await sessions.RunAsync(status, peer, incoming.Reader, outgoing.Writer, ack, stop);
        }
        finally
        {
            await outgoing.Writer.CompleteAsync();
            await incoming.Reader.CompleteAsync();
        }

        await sending;
        if (reason is null && await fed.Task) reason = "message_too_long";
        var code = reason switch { null => WebSocketCloseStatus.NormalClosure, "message_too_long" => WebSocketCloseStatus.MessageTooBig, _ => WebSocketCloseStatus.PolicyViolation };
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(code, reason, stop);
        // The other side closes too; one that does not is cut off.
        ended.CancelAfter(s_closing);
        await receiving;
        return reason;
    }

    // What is no longer wanted is read and let go, so that the close of the other side is seen.
    private static async Task ReceiveAsync(WebSocket socket, PipeWriter writer, int maxMessage, TaskCompletionSource<bool> fed, CancellationToken stop)
    {
        var inMessage = 0L;
        try
        {
            while (true)
            {
                var isFed = !fed.Task.IsCompleted;
                var memory = isFed ? writer.GetMemory(4096) : new byte[4096];
                var read = await socket.ReceiveAsync(memory, stop);
                if (read.MessageType == WebSocketMessageType.Close) return;
                if (!isFed) continue;
                inMessage += read.Count;
                if (inMessage > maxMessage)
                {
                    await writer.CompleteAsync();
                    fed.TrySetResult(true);
                    continue;
                }

                writer.Advance(read.Count);
                if (read.EndOfMessage)
                {
                    // A message ends its last line.
                    writer.Write("\n"u8);
                    inMessage = 0;
                }

                if ((await writer.FlushAsync(stop)).IsCompleted) fed.TrySetResult(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The other side is gone, or was given up.
        }
        finally
        {
            await writer.CompleteAsync();
            fed.TrySetResult(false);
        }
    }

    private static async Task SendAsync(WebSocket socket, PipeReader reader, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(stop);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    await socket.SendAsync(buffer.Slice(0, end).ToArray(), WebSocketMessageType.Text, endOfMessage: true, stop);
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The other side is gone; the receiving side ends too.
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
