using LiveDash.Core.Alerts;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Alerts;

/// <summary>What people do with alerts on a page: acknowledge and silence. Stateless but for the book, so safe on any thread.</summary>
public sealed class AlertDesk(AlertBook book, TimeProvider time)
{
    /// <summary>Who stands in an episode's history for somebody at a page.</summary>
    public const string Person = "somebody at the dashboard";

    /// <summary>Acknowledges open alerts; those that have gone meanwhile are left.</summary>
    public void Acknowledge(IEnumerable<string> alertIds)
    {
        foreach (var id in alertIds) book.Acknowledge(id, Person);
    }

    /// <summary>Mutes a rule, or one series of it.</summary>
    /// <returns>The silence, for an undo; null where there are too many.</returns>
    public Silence? Silence(string ruleId, string? series, SilenceChoice choice)
    {
        var now = time.GetUtcNow().UtcTicks;
        var silence = new Silence
        {
            Id = Guid.NewGuid().ToString("n")[..12], Rule = ruleId, Series = series, StartsAt = now, EndsAt = now + choice.For.Ticks, Comment = choice.Comment,
        };
        return book.AddSilence(silence) ? silence : null;
    }
}
