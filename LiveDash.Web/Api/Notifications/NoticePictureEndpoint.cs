using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Plots;

namespace LiveDash.Web.Api.Notifications;

/// <summary>The picture of an alert's chart, by the address that a notice carries: <c>GET /notice-picture/{token}</c>. It shows one series about one episode, and nothing else.</summary>
internal static class NoticePictureEndpoint
{
    /// <summary>How much before the episode is shown.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    /// <summary>The longest stretch: of an episode that goes on, its beginning.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>Adds the route.</summary>
    public static void MapNoticePicture(this IEndpointRouteBuilder app) =>
        app.MapGet("/notice-picture/{token}", DrawAsync)
            .WithTags("alerts").WithSummary("The chart of an alert about its episode, as PNG, by the signed address that a notice carries; good for seven days")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> DrawAsync(string token, HttpContext context, NoticeLinks links, AlertBook alerts, QuickPlots plots, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (links.Read(NoticeLinkKind.Picture, token) is not { } id || alerts.FindEpisode(id) is not { } episode)
        {
            return ApiProblem.Result(StatusCodes.Status410Gone, "link_over", "This address shows nothing: it is too old, or was never one.");
        }

        try
        {
            var spec = new PlotSpec { Width = 800, Height = 360, Title = $"{episode.RuleName}: {episode.Series}" };
            var image = await plots.DrawAsync(spec, [episode.Series], RangeOf(episode, time.GetUtcNow().UtcTicks), context.RequestAborted);
            return image is null
                ? ApiProblem.Result(StatusCodes.Status429TooManyRequests, "too_many_pictures", $"{QuickPlots.MaxWaiting} pictures are waited for already. Ask again in a few seconds.")
                : Results.File(image, PlotRenderer.MediaType(PlotFormat.Png));
        }
        catch (PlotException exception)
        {
            return ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "no_picture", exception.Message);
        }
    }

    private static TimeRange RangeOf(Episode episode, long now)
    {
        var from = Math.Min(episode.ActiveAt > 0 ? episode.ActiveAt : episode.FiredAt, episode.FiredAt) - s_before.Ticks;
        return new TimeRange(from, Math.Min(Math.Max(episode.ResolvedAt ?? now, episode.FiredAt) + TimeSpan.TicksPerMinute, from + s_longest.Ticks));
    }
}
