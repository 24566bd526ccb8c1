using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Identity;

/// <summary>What an administrator hands out: one-time addresses. Stateless beside the book; thread-safe. Who asks is for the caller to check.</summary>
public sealed class AccountDesk(TicketBook tickets, TimeProvider time)
{
    /// <summary>For how long an invitation is good.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>For how long another password may be set.</summary>
    public static readonly TimeSpan ResetLife = TimeSpan.FromHours(24);

    /// <summary>Makes an invitation.</summary>
    /// <returns>The address below the app's own, to be shown once, and until when it is good.</returns>
    /// <exception cref="AccountRuleException">There are too many.</exception>
    public Task<(string Path, DateTimeOffset Until)> InviteAsync(string note, AccountRole role, IReadOnlyList<string> groups, string by) =>
        MakeAsync(InvitationLife, (id, until) => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = until, Role = role, Groups = groups, Note = note[..Math.Min(note.Length, 100)], MadeBy = by });

    /// <summary>Makes an address by which somebody sets another password.</summary>
    /// <exception cref="AccountRuleException">There are too many.</exception>
    public Task<(string Path, DateTimeOffset Until)> ResetAsync(AccountUser user, string by) =>
        MakeAsync(ResetLife, (id, until) => new AccountTicket { Id = id, Purpose = TicketPurpose.Reset, ExpiresAt = until, UserId = user.Id, Note = user.Name, MadeBy = by });

    /// <summary>Groups as somebody wrote them, parted by commas.</summary>
    public static IReadOnlyList<string> Groups(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static group => group[..Math.Min(group.Length, 60)]).Distinct(StringComparer.OrdinalIgnoreCase).Take(AccountBook.MaxGroups)];

    private async Task<(string Path, DateTimeOffset Until)> MakeAsync(TimeSpan life, Func<string, DateTimeOffset, AccountTicket> make)
    {
        var now = time.GetUtcNow();
        var token = await tickets.MakeAsync(id => make(id, now + life), now, CancellationToken.None);
        return ("join/" + token, now + life);
    }
}
