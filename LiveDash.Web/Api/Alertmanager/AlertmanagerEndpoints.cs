using System.ComponentModel;
using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Engine;
using LiveDash.Core.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Alertmanager;

/// <summary>What Alertmanager's own clients ask, amtool above all, by its API v2: alerts, the status and the receivers. Silences are in <see cref="AlertmanagerSilences"/>.</summary>
internal static class AlertmanagerEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapAlertmanager(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v2/alerts", ListAsync)
            .WithTags("alertmanager").WithSummary("Firing alerts in the form of Alertmanager's API v2")
            .Produces<AlertmanagerAlert[]>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapGet("/api/v2/status", Status)
            .WithTags("alertmanager").WithSummary("The status in the form of Alertmanager's API v2").Produces<AlertmanagerState>();
        app.MapGet("/api/v2/receivers", static (ChannelBook channels) => Results.Json(channels.Channels.Select(static channel => new AlertmanagerReceiver(channel.Name)).ToArray()))
            .WithTags("alertmanager").WithSummary("The channels in the form of Alertmanager's API v2").Produces<AlertmanagerReceiver[]>();
        app.MapAlertmanagerSilences();
    }

    /// <summary>Reads the parameters <c>filter</c>.</summary>
    /// <returns>The matchers; null with the problem to answer.</returns>
    public static IReadOnlyList<AlertMatcher>? Matchers(string[]? filter, out IResult? problem)
    {
        problem = null;
        var all = new List<AlertMatcher>();
        foreach (var text in filter ?? [])
        {
            if (!AlertMatcher.TryParse(text, out var matcher))
            {
                problem = ApiProblem.BadParameter("filter", $"'{text}' is no matcher: they look like alertname=\"hot\", severity!=\"info\" or host=~\"web.*\".");
                return null;
            }

            all.Add(matcher);
        }

        return all;
    }

    private static async Task<IResult> ListAsync(
        [FromQuery] [Description("A matcher on the labels, such as severity=\"critical\"; may be repeated, all must hold.")] string[]? filter,
        [FromQuery] [Description("False leaves out those that tell somebody; default true.")] bool? active,
        [FromQuery] [Description("False leaves out those that are silenced; default true.")] bool? silenced,
        [FromQuery] [Description("False leaves out those that are inhibited; there are none. Default true.")] bool? inhibited,
        [FromQuery] [Description("A pattern of the channels; only alerts that tell one of them.")] string? receiver,
        AlertBook book, ChannelBook channels, LiveEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Matchers(filter, out var problem) is not { } matchers) return problem!;
        var wanted = new AlertMatcher { Name = "receiver", Value = receiver ?? ".*", IsRegex = true };
        if (wanted.Fault is { } fault) return ApiProblem.BadParameter("receiver", fault);
        // A sender whose points were acknowledged sees what they did.
        await engine.FlushAsync(cancellationToken);
        var now = time.GetUtcNow().UtcTicks;
        var silences = book.Silences();
        return Results.Json(book.List()
            .Where(alert => alert.IsOpen && (alert.IsSilenced ? silenced ?? true : active ?? true))
            .Select(alert => AlertmanagerAlert.From(alert, channels.Of(alert.Rule.Config), silences, now))
            .Where(alert => matchers.All(matcher => matcher.Matches(alert.Labels)))
            .Where(alert => receiver is null || alert.Receivers.Any(channel => wanted.Matches(new Dictionary<string, string> { ["receiver"] = channel.Name })))
            .ToArray());
    }

    private static IResult Status(ChannelBook channels)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var version = typeof(AlertmanagerEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        // What amtool shows as the configuration: every rule names its channels itself, so there is one route.
        var config = "route:\n  receiver: livedash\nreceivers:\n- name: livedash\n" + string.Concat(channels.Channels.Select(static channel => $"- name: {System.Text.Json.JsonSerializer.Serialize(channel.Name)}\n"));
        return Results.Json(new AlertmanagerState(
            new("disabled", "", []), new(config), process.StartTime.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            new("", "", "", Environment.Version.ToString(), "", "livedash " + version)));
    }
}
