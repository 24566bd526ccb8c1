using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Notifications;

namespace LiveDash.Web.Security.Sharing;

/// <summary>
/// What the link of a notice lets its reader do, without a sign-in: look at one episode of one alert, acknowledge it, silence it. It acts as <see cref="Person"/>, since nobody knows who
/// reads a notice. Once the episode is over nothing is to be done by it, and what is done already is not done, or noted, again. Thread-safe.
/// </summary>
public sealed class NoticeDesk(NoticeLinks links, AlertBook alerts, TimeProvider time, AuditLog? audit = null)
{
    // One after another, so that what is sent twice at once is done once.
    private readonly Lock _gate = new();

    /// <summary>Who stands in an episode's history.</summary>
    public const string Person = "link of a notice";

    /// <summary>For how long an alert can be silenced by it, in hours.</summary>
    public static IReadOnlyList<int> Hours { get; } = [1, 4, 24];

    /// <summary>The episode that a token of this kind opens, and its alert where it is open; nulls where it opens nothing.</summary>
    public (Episode? Episode, Alert? Alert) Find(NoticeLinkKind kind, string token)
    {
        if (links.Read(kind, token) is not { } id || alerts.FindEpisode(id) is not { } episode) return (null, null);
        return (episode, episode.ResolvedAt is null ? alerts.List().FirstOrDefault(alert => alert.Id == episode.AlertId && alert.Episode == id) : null);
    }

    /// <summary>Acknowledges the alert.</summary>
    /// <returns>False where the link is not good any more or the episode is over.</returns>
    public async Task<bool> AcknowledgeAsync(string token, string address)
    {
        Episode? episode;
        lock (_gate)
        {
            (episode, var alert) = Find(NoticeLinkKind.Action, token);
            if (episode is null || alert is null) return false;
            if (alert.IsAcknowledged) return true;
            if (!alerts.Acknowledge(alert.Id, Person)) return false;
        }

        await NoteAsync("alert.acknowledge", episode, address, null);
        return true;
    }

    /// <summary>Silences the alert for one of <see cref="Hours"/>.</summary>
    /// <returns>False where the link is not good any more, the episode is over, or there are too many silences.</returns>
    public async Task<bool> SilenceAsync(string token, int hours, string address)
    {
        if (!Hours.Contains(hours)) return false;
        Episode? episode;
        lock (_gate)
        {
            (episode, var alert) = Find(NoticeLinkKind.Action, token);
            if (episode is null || alert is null) return false;
            var now = time.GetUtcNow().UtcTicks;
            var until = now + (hours * TimeSpan.TicksPerHour);
            var running = alerts.Silences().FirstOrDefault(one => one.CreatedBy == Person && one.Rule == episode.RuleId && one.Series == episode.Series && one.StartsAt <= now && now < one.EndsAt);
            // One goes on, and is made longer where that is asked for, by an hour at least: there is never another.
            if (running is not null && until - running.EndsAt < TimeSpan.TicksPerHour) return true;
            if (!alerts.AddSilence(running is not null ? running with { EndsAt = until } : Of(episode, now, until))) return false;
        }

        await NoteAsync("alert.silence", episode, address, $"{hours} h");
        return true;
    }

    // Of this one series: a * or ? in a tag's value stands for itself, which a pattern cannot say and a matcher does.
    private static Silence Of(Episode episode, long now, long until) => new()
    {
        Id = Guid.NewGuid().ToString("n")[..12], Rule = episode.RuleId, Series = episode.Series, StartsAt = now, EndsAt = until, CreatedBy = Person, Comment = "by the link of a notice",
        Matchers = episode.Series.AsSpan().ContainsAny('*', '?') ? [new AlertMatcher { Name = "series", Value = episode.Series }] : [],
    };

    private Task NoteAsync(string action, Episode episode, string address, string? after) =>
        audit?.AddAsync(new Actor(Person, "link", address), action, $"{episode.RuleName}: {episode.Series}", null, after, CancellationToken.None) ?? Task.CompletedTask;
}
