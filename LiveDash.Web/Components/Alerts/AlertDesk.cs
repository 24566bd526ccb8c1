using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Alerts;

/// <summary>What people do with alerts on a page: acknowledge and silence, which needs an operator. One a circuit; stateless but for the book, so safe on any thread.</summary>
public sealed class AlertDesk(AlertBook book, TimeProvider time, Visitor visitor)
{
    /// <summary>Who stands in an episode's history where nobody signs in.</summary>
    public const string Somebody = "somebody at the dashboard";

    /// <summary>The longest note, in characters.</summary>
    public const int MaxNote = 1_000;

    /// <summary>Who stands in an episode's history for who looks at this page.</summary>
    public string Person => visitor.Name ?? Somebody;

    /// <summary>Acknowledges open alerts; those that have gone meanwhile are left.</summary>
    /// <param name="alertIds">Which.</param>
    /// <param name="why">What there is to say of it, for others; may be empty.</param>
    public void Acknowledge(IEnumerable<string> alertIds, string why = "")
    {
        if (visitor.Refuses(AccountRole.Operator)) return;
        foreach (var id in alertIds) book.Acknowledge(id, Person, why[..Math.Min(why.Length, MaxNote)]);
    }

    /// <summary>Takes an acknowledgement back; nothing happens where the alert has gone meanwhile.</summary>
    public void Unacknowledge(string alertId)
    {
        if (visitor.Refuses(AccountRole.Operator)) return;
        book.Unacknowledge(alertId, Person);
    }

    /// <summary>Mutes a rule, or one series of it.</summary>
    /// <returns>The silence, for an undo; null where there are too many, or the person may not.</returns>
    public Silence? Silence(string ruleId, string? series, SilenceChoice choice)
    {
        if (visitor.Refuses(AccountRole.Operator)) return null;
        var now = time.GetUtcNow().UtcTicks;
        var silence = new Silence
        {
            Id = Guid.NewGuid().ToString("n")[..12], Rule = ruleId, Series = series, StartsAt = now, EndsAt = now + choice.For.Ticks, Comment = choice.Comment,
        };
        return book.AddSilence(silence) ? silence : null;
    }

    /// <summary>Ends a silence.</summary>
    public void Unsilence(string id)
    {
        if (visitor.Refuses(AccountRole.Operator)) return;
        book.RemoveSilence(id);
    }
}
