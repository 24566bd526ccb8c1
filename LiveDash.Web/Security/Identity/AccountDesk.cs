using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Identity;

/// <summary>What an administrator does with accounts: one-time addresses, second factors, removal. Stateless beside the books; thread-safe. Who asks is for the caller to check.</summary>
public sealed class AccountDesk(AccountBook accounts, FactorBook factors, PasskeyBook passkeys, SessionBook sessions, TicketBook tickets, TimeProvider time)
{
    /// <summary>For how long an invitation is good.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>For how long another password may be set.</summary>
    public static readonly TimeSpan ResetLife = TimeSpan.FromHours(24);

    private const int MaxNote = 100;
    private const int MaxGroup = 60;

    /// <summary>Makes an invitation.</summary>
    /// <returns>The address below the app's own, to be shown once, and until when it is good.</returns>
    /// <exception cref="AccountRuleException">There are too many, or the note is too long.</exception>
    public Task<(string Path, DateTimeOffset Until)> InviteAsync(string note, AccountRole role, IReadOnlyList<string> groups, string by) => note.Length > MaxNote
        ? throw new AccountRuleException($"For whom an invitation is has at most {MaxNote} characters.")
        : MakeAsync(InvitationLife, (id, until) => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = until, Role = role, Groups = groups, Note = note, MadeBy = by });

    /// <summary>Makes an address by which somebody sets another password.</summary>
    /// <exception cref="AccountRuleException">There are too many.</exception>
    public Task<(string Path, DateTimeOffset Until)> ResetAsync(AccountUser user, string by) =>
        MakeAsync(ResetLife, (id, until) => new AccountTicket { Id = id, Purpose = TicketPurpose.Reset, ExpiresAt = until, UserId = user.Id, Note = user.Name, MadeBy = by });

    /// <summary>Says where mail reaches an account; null for nowhere. What was sent to the address of before opens nothing any more.</summary>
    public async Task SetMailAsync(AccountUser user, string? mail)
    {
        await accounts.UpdateAsync(user.Id, known => known with { Email = mail }, CancellationToken.None);
        await tickets.RemoveMailedAsync(user.Id, time.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>Takes the second factor and every passkey off an account whose owner has lost them, and ends what the account has open.</summary>
    public async Task TakeOffFactorAsync(AccountUser user)
    {
        await factors.RemoveAsync(user.Id, CancellationToken.None);
        await passkeys.RemoveAllAsync(user.Id, CancellationToken.None);
        await accounts.UpdateAsync(user.Id, static known => known with { SecurityStamp = Guid.NewGuid().ToString("N") }, CancellationToken.None);
    }

    /// <summary>Says from which role on a second factor is needed; null for none. Accounts of these roles without one set it up when they sign in next, and what they have open ends.</summary>
    /// <exception cref="AccountRuleException">Who asks signs in with a password and has neither one nor a passkey: the next sign-in would be the first that needs it.</exception>
    public Task RequireFactorAsync(AccountRole? from, string? by)
    {
        // Whom a provider signs in can have none here, and is asked for none.
        if (from is not null && by is not null && !factors.IsOn(by) && !passkeys.Has(by) && accounts.Find(by) is not { PasswordHash: null }) throw new AccountRuleException("Set up a second factor for your own account first, on the page of your account.");
        return factors.RequireAsync(from, CancellationToken.None);
    }

    /// <summary>Removes an account with all that is its own, and ends what it has open.</summary>
    /// <exception cref="AccountRuleException">Nobody would be left to administer.</exception>
    public async Task RemoveAsync(AccountUser user)
    {
        await accounts.RemoveAsync(user.Id, CancellationToken.None);
        await factors.RemoveAsync(user.Id, CancellationToken.None);
        await passkeys.RemoveAllAsync(user.Id, CancellationToken.None);
        await sessions.EndAsync(session => session.UserId == user.Id, CancellationToken.None);
    }

    /// <summary>Groups as somebody wrote them, parted by commas.</summary>
    /// <exception cref="AccountRuleException">There are more than <see cref="AccountBook.MaxGroups"/>, or a name is too long.</exception>
    public static IReadOnlyList<string> Groups(string text)
    {
        if (text.Length > AccountBook.MaxGroups * (MaxGroup + 2)) throw new AccountRuleException($"An account belongs to at most {AccountBook.MaxGroups} groups.");
        List<string> groups = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (groups.Count > AccountBook.MaxGroups) throw new AccountRuleException($"An account belongs to at most {AccountBook.MaxGroups} groups.");
        return groups.Exists(static group => group.Length > MaxGroup) ? throw new AccountRuleException($"A group's name has at most {MaxGroup} characters.") : groups;
    }

    private async Task<(string Path, DateTimeOffset Until)> MakeAsync(TimeSpan life, Func<string, DateTimeOffset, AccountTicket> make)
    {
        var now = time.GetUtcNow();
        var token = await tickets.MakeAsync(id => make(id, now + life), now, CancellationToken.None);
        return ("join/" + token, now + life);
    }
}
