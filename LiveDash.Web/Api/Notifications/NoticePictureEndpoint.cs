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
    public static void MapNoticePicture(this IEndpointRouteBuilder app)
    {
        // As long as the app lives.
        var gate = new NoticePictureGate();
        app.MapGet("/notice-picture/{token}", (string token, HttpContext context, NoticeLinks links, AlertBook alerts, RuleBook rules, SeriesCatalog catalog, QuickPlots plots, TimeProvider time) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                if (links.Read(NoticeLinkKind.Picture, token) is not { } id || alerts.FindEpisode(id) is not { } episode)
                {
                    return Task.FromResult(ApiProblem.Result(StatusCodes.Status410Gone, "link_over", "This address shows nothing: it is too old, or was never one."));
                }

                // What an expression's value is called is no series, though one may be called so.
                return rules.Rules.Find(episode.RuleId)?.Query is null && catalog.TryFind(episode.Series, out var series)
                    ? DrawAsync(episode, series, gate, plots, time.GetUtcNow().UtcTicks, context.RequestAborted)
                    : Task.FromResult(ApiProblem.Result(StatusCodes.Status404NotFound, "no_series", "This alert is about no series of its own, so there is no chart of it."));
            })
            .WithTags("alerts").WithSummary("The chart of an alert about its episode, as PNG, by the signed address that a notice carries; good for seven days")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> DrawAsync(Episode episode, int series, NoticePictureGate gate, QuickPlots plots, long now, CancellationToken cancellationToken)
    {
        try
        {
            var spec = new PlotSpec { Width = 800, Height = 360, Title = $"{episode.RuleName}: {episode.Series}" };
            var image = await gate.RunAsync(() => plots.DrawOneAsync(spec, series, RangeOf(episode, now), cancellationToken), cancellationToken);
            return image is null
                ? ApiProblem.Result(StatusCodes.Status429TooManyRequests, "too_many_pictures", $"{NoticePictureGate.MaxWaiting} pictures are waited for already. Ask again in a few seconds.")
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
