using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// All sign-ins that last: what the store holds under the kind <see cref="Kind"/>, kept in memory too, so that a request asks memory alone. At most
/// <see cref="MaxPerUser"/> an account: one more ends the one unused for longest. One of an account that needs a second factor and has none does not last. Thread-safe.
/// </summary>
public sealed class SessionBook(IDocumentStore store, AccountBook accounts, FactorBook factors)
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.session";

    /// <summary>How many sign-ins of one account last at once.</summary>
    public const int MaxPerUser = 50;

    /// <summary>How exactly it is kept when a session was used last.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>After how long without use a session ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7);

    /// <summary>After how long a session ends in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    // Bounded by MaxPerUser times AccountBook.MaxUsers.
    private readonly ConcurrentDictionary<string, AccountSession> _sessions = new();

    /// <summary>A session has ended; the argument is its id. Raised on any thread.</summary>
    public event Action<string>? Ended;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<AccountSession>(document.Body) is { } session) _sessions[session.Id] = session;
        }
    }

    /// <summary>The sessions of an account that last, the newest first.</summary>
    public IReadOnlyList<AccountSession> Of(string userId, DateTimeOffset now) =>
        [.. _sessions.Values.Where(session => session.UserId == userId && Lasts(session, now)).OrderByDescending(static session => session.SeenAt)];

    /// <summary>Begins a session.</summary>
    public async Task<AccountSession> BeginAsync(AccountUser user, string method, string address, string agent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(agent);
        var session = new AccountSession
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            UserId = user.Id,
            Stamp = user.SecurityStamp,
            BeganAt = now,
            SeenAt = now,
            Address = address,
            Agent = agent.Length > 200 ? agent[..200] : agent,
            Method = method,
        };
        var old = _sessions.Values.Where(other => other.UserId == user.Id && !Lasts(other, now))
            .Concat(Of(user.Id, now).Skip(MaxPerUser - 1)).ToList();
        await store.ApplyAsync([new DocumentChange(Kind, session.Id, DocumentJson.Write(session)), .. old.Select(static other => new DocumentChange(Kind, other.Id, null))], cancellationToken);
        _sessions[session.Id] = session;
        foreach (var other in old) Drop(other.Id);
        return session;
    }

    /// <summary>The session of an id and its account, where both may act now; else null.</summary>
    public (AccountSession Session, AccountUser User)? Acting(string id, DateTimeOffset now) =>
        _sessions.TryGetValue(id, out var session) && accounts.Acting(session.UserId) is { } user && Lasts(session, now) ? (session, user) : null;

    /// <summary>Notes that a session is used. Writes at most once in <see cref="Grain"/>.</summary>
    public async Task UseAsync(AccountSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (now - session.SeenAt < Grain) return;
        var seen = session with { SeenAt = now };
        if (!_sessions.TryUpdate(session.Id, seen, session)) return;
        try
        {
            await store.ApplyAsync([new DocumentChange(Kind, seen.Id, DocumentJson.Write(seen))], cancellationToken);
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            // It lasts in memory; a request is not refused because the disk is full.
        }
    }

    /// <summary>Ends sessions: one, or all of an account, or all of it but one.</summary>
    public async Task EndAsync(Func<AccountSession, bool> which, CancellationToken cancellationToken)
    {
        var ids = _sessions.Values.Where(which).Select(static session => session.Id).ToList();
        // First in memory: what the store cannot take now must not keep somebody signed in.
        foreach (var id in ids) Drop(id);
        if (ids.Count > 0) await store.ApplyAsync([.. ids.Select(static id => new DocumentChange(Kind, id, null))], cancellationToken);
    }

    private bool Lasts(AccountSession session, DateTimeOffset now) =>
        now - session.SeenAt < Idle && now - session.BeganAt < Longest && accounts.Acting(session.UserId) is { } user && user.SecurityStamp == session.Stamp
        && (session.HasOwnFactors || !factors.IsMissing(user));

    private void Drop(string id)
    {
        if (_sessions.TryRemove(id, out _)) Ended?.Invoke(id);
    }
}
