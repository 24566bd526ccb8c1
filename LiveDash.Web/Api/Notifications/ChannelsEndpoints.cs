using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveDash.Core.Notifications;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Notifications;

/// <summary>Whom alerts are told to: <c>GET PUT /api/settings/channels</c>, a test of one, and what is on its way or was given up.</summary>
internal static class ChannelsEndpoints
{
    private const string Example = "[{\"name\":\"ops\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9000/\",\"headers\":{}}]";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8,
    };

    /// <summary>Adds the routes.</summary>
    public static void MapChannels(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/channels", static (ChannelBook book) => Results.Json(Shown(book), s_json))
            .WithTags("settings").WithSummary("The channels that rules may name").Produces<ChannelConfig[]>();
        app.MapPut("/api/settings/channels", SaveAsync)
            .WithTags("settings").WithSummary("Replaces all channels by a list of them; one channel alone is added or changed")
            .AcceptsJson<ChannelConfig[]>().Produces<ChannelConfig[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapPost("/api/settings/channels/{name}/test", TestAsync)
            .WithTags("settings").WithSummary("Sends a notice that says it is a test, once")
            .Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status502BadGateway);
        app.MapGet("/api/notifications", List)
            .WithTags("alerts").WithSummary("Deliveries that wait or were given up, the newest first").Produces<NotificationsAnswer>();
        app.MapPost("/api/notifications/retry", RetryAsync)
            .WithTags("alerts").WithSummary("Tries a delivery at once, also one that was given up")
            .Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
        app.MapDelete("/api/notifications", ForgetAsync)
            .WithTags("alerts").WithSummary("Forgets a delivery that was given up")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static ChannelConfig[] Shown(ChannelBook book) =>
        [.. book.Channels.Select(ChannelSecrets.Hide)];

    private static async Task<IResult> SaveAsync(HttpContext context, ChannelBook book)
    {
        Func<IReadOnlyList<ChannelConfig>, IReadOnlyList<ChannelConfig>> change;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
            change = Read(body.RootElement);
        }
        catch (JsonException exception)
        {
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", $"The body cannot be read as channels such as {Example}.",
                ("path", exception.Path), ("line", exception.LineNumber + 1));
        }

        var faults = await book.ChangeAsync(change, context.RequestAborted);
        return faults.Count == 0
            ? Results.Json(Shown(book), s_json)
            : ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "invalid_settings",
                string.Join(' ', faults.Select(static fault => $"{fault.Field}: {fault.Detail}")), ("errors", faults));
    }

    // A list replaces all; an object with the member "channels" does too; an object that is a channel is added or changed.
    private static Func<IReadOnlyList<ChannelConfig>, IReadOnlyList<ChannelConfig>> Read(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("channels", out var listed)) body = listed;
        if (body.ValueKind == JsonValueKind.Array)
        {
            var all = body.Deserialize<List<ChannelConfig>>(s_json)!.ConvertAll(static c => c ?? throw new JsonException());
            return old => all.ConvertAll(channel => Restore(channel, old));
        }

        var one = body.Deserialize<ChannelConfig>(s_json) ?? throw new JsonException();
        return old => [.. old.Where(channel => channel.Name != one.Name), Restore(one, old)];
    }

    private static ChannelConfig Restore(ChannelConfig channel, IReadOnlyList<ChannelConfig> old) =>
        ChannelSecrets.Restore(channel, old.FirstOrDefault(other => other.Name == channel.Name));

    private static async Task<IResult> TestAsync(string name, ChannelBook book, NotificationDispatcher dispatcher, CancellationToken cancellationToken)
    {
        if (book.Find(name) is not { } channel) return ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_channel", $"There is no channel '{name}'.");
        var result = await dispatcher.TestAsync(channel, cancellationToken);
        return result.Outcome == NotifyOutcome.Delivered
            ? Results.Json(new { delivered = true })
            : ApiProblem.Result(StatusCodes.Status502BadGateway, "not_delivered", result.Detail ?? "The channel did not take it.");
    }

    private static async Task<IResult> RetryAsync(
        [Description("The key that the list of deliveries gives.")] string key, NotificationDispatcher dispatcher, CancellationToken cancellationToken) =>
        await dispatcher.RetryAsync(key, cancellationToken) ? Results.Json(new { retried = true }) : Unknown(key);

    private static async Task<IResult> ForgetAsync(
        [Description("The key that the list of deliveries gives.")] string key, NotificationDispatcher dispatcher, CancellationToken cancellationToken) =>
        await dispatcher.ForgetAsync(key, cancellationToken) ? Results.NoContent() : Unknown(key);

    private static IResult Unknown(string key) =>
        ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_delivery", $"There is no such delivery as '{key}', or it has arrived.");

    private static IResult List(NotificationDispatcher dispatcher, Outbox outbox) => Results.Json(NotificationsAnswer.From(dispatcher, outbox));
}
