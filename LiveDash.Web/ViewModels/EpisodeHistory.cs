using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;

namespace LiveDash.Web.ViewModels;

/// <summary>Puts what happened in an episode and whom it was told to into one timeline. Pure.</summary>
public static class EpisodeHistory
{
    /// <summary>Every line, the oldest first.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="tellings">How the deliveries that told of it ended.</param>
    /// <param name="deliveries">The deliveries that wait; those that do not tell of it are left out.</param>
    /// <param name="planned">Its notices that are not formed into a delivery yet.</param>
    /// <param name="unit">What its figure measures.</param>
    public static IReadOnlyList<TimelineEntry> Of(
        Episode episode, IReadOnlyList<Telling> tellings, IEnumerable<Delivery> deliveries, IEnumerable<Notice> planned, ValueUnit unit)
    {
        var entries = episode.Events.Select(happened => new TimelineEntry(
            happened.At, happened.Kind.ToString().ToLowerInvariant(),
            EpisodeWords.Event(happened) + (happened is { Value: { } value, Cause: AlertCause.Breach } ? $" at {happened.Text ?? AlertFigure.Text(value, unit)}" : ""))).ToList();
        foreach (var telling in tellings)
        {
            entries.AddRange(telling.Notices.Where(notice => notice.Episode == episode.Id).Select(notice => Ended(telling, notice)));
        }

        foreach (var delivery in deliveries.Where(static d => !d.IsUndelivered))
        {
            entries.AddRange(delivery.Notices.Where(notice => notice.Episode == episode.Id).Select(notice => Waiting(delivery, notice)));
        }

        entries.AddRange(planned.Where(notice => notice.Episode == episode.Id).Select(static notice =>
            new TimelineEntry(notice.PlannedAt, "telling", $"{notice.Channel} is about to be told {What(notice.Kind, notice.Number)}")));
        // The sort is stable: what happened at the same moment stays in its order, and a notice stands below what it tells.
        return [.. entries.OrderBy(static entry => entry.At)];
    }

    private static TimelineEntry Ended(Telling telling, ToldNotice notice)
    {
        var what = What(notice.Kind, notice.Number);
        return telling.IsUndelivered
            ? new(telling.At, "untold", $"{telling.Channel} was not told {what}: given up after {Times(telling.Attempts)}", telling.Error)
            : new(telling.At, "told", $"{telling.Channel} was told {what}{(telling.Attempts > 1 ? $", after {Times(telling.Attempts)}" : "")}", telling.Error);
    }

    private static TimelineEntry Waiting(Delivery delivery, Notice notice) => delivery.Attempts == 0
        ? new(delivery.MadeAt, "telling", $"{delivery.Channel} is to be told {What(notice.Kind, notice.Number)}")
        : new(delivery.MadeAt, "telling", $"{delivery.Channel} is to be told {What(notice.Kind, notice.Number)}; {Times(delivery.Attempts)} so far", delivery.Error, delivery.NextAt);

    private static string What(string kind, int number) => kind switch
    {
        "resolved" => "that it is over",
        "severity" => "of the other severity",
        _ => number > 1 ? "again that it fires" : "that it fires",
    };

    private static string Times(int attempts) => attempts == 1 ? "one attempt" : $"{attempts:N0} attempts";
}
