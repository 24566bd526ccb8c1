using System.Collections.Concurrent;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// One-time addresses that are open: invitations, resets, the first administrator's. Kept under the kind <see cref="Kind"/>, except the first administrator's, which
/// lives as long as the process. At most <see cref="MaxTickets"/>. Thread-safe; a token is taken once, whoever asks at the same time.
/// </summary>
public sealed class TicketBook(IDocumentStore store)
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.ticket";

    /// <summary>How many there may be.</summary>
    public const int MaxTickets = 500;

    // Bounded by MaxTickets.
    private readonly ConcurrentDictionary<string, AccountTicket> _tickets = new();

    /// <summary>Something was made, taken or revoked. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<AccountTicket>(document.Body) is { } ticket) _tickets[ticket.Id] = ticket;
        }
    }

    /// <summary>Those that can be used, the newest first.</summary>
    public IReadOnlyList<AccountTicket> Open(DateTimeOffset now) => [.. _tickets.Values.Where(ticket => ticket.ExpiresAt > now).OrderByDescending(static ticket => ticket.MadeAt)];

    /// <summary>Those by which an account sets another password and that nobody made but who asked for them: they went by mail.</summary>
    public IReadOnlyList<AccountTicket> Mailed(string userId, DateTimeOffset now) => [.. Open(now).Where(ticket => ticket is { Purpose: TicketPurpose.Reset, MadeBy: "" } && ticket.UserId == userId)];

    /// <summary>Forgets them: with another password, or another address of mail, they open nothing any more.</summary>
    public async Task RemoveMailedAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var ticket in Mailed(userId, now)) await RemoveAsync(ticket.Id, cancellationToken);
    }

    /// <summary>Makes one.</summary>
    /// <param name="make">Makes the ticket from its id.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <returns>The token: 256 random bits, to be shown once and kept nowhere.</returns>
    /// <exception cref="AccountRuleException">There are <see cref="MaxTickets"/>, or there is no such role.</exception>
    public async Task<string> MakeAsync(Func<string, AccountTicket> make, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        var expired = _tickets.Values.Where(ticket => ticket.ExpiresAt <= now).Select(static ticket => ticket.Id).ToList();
        if (_tickets.Count - expired.Count >= MaxTickets) throw new AccountRuleException($"There are {MaxTickets} open invitations already; revoke one first.");
        var token = SecretToken.Make();
        var ticket = make(SecretToken.HashOf(token)) with { MadeAt = now };
        if (!Enum.IsDefined(ticket.Role) || !Enum.IsDefined(ticket.Purpose)) throw new AccountRuleException("There is no such role.");
        var changes = expired.ConvertAll(static id => new DocumentChange(Kind, id, null));
        if (ticket.Purpose != TicketPurpose.FirstRun) changes.Add(new DocumentChange(Kind, ticket.Id, DocumentJson.Write(ticket)));
        if (changes.Count > 0) await store.ApplyAsync(changes, cancellationToken);
        foreach (var id in expired) _tickets.TryRemove(id, out _);
        _tickets[ticket.Id] = ticket;
        Changed?.Invoke();
        return token;
    }

    /// <summary>The ticket of a token that can still be used, or null.</summary>
    public AccountTicket? Find(string token, DateTimeOffset now) => _tickets.TryGetValue(SecretToken.HashOf(token), out var ticket) && ticket.ExpiresAt > now ? ticket : null;

    /// <summary>Uses a ticket up; false where it was used before. What was taken can be given back by <see cref="GiveBack"/>.</summary>
    public bool TryTake(AccountTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return _tickets.TryRemove(ticket.Id, out _);
    }

    /// <summary>Gives back what was taken in vain, such as for a name that is not free.</summary>
    public void GiveBack(AccountTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        _tickets[ticket.Id] = ticket;
    }

    /// <summary>Forgets a ticket for good.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        _tickets.TryRemove(id, out _);
        await store.ApplyAsync([new DocumentChange(Kind, id, null)], cancellationToken);
        Changed?.Invoke();
    }
}
