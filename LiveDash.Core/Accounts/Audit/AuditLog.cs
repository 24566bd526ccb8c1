using System.Globalization;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// The audit: who did what when from where, kept under the kind <see cref="Kind"/> and in memory. What anybody can cause has shares of its own (sign-ins that fail, refusals of people and keys that are
/// known, refusals of strangers), each a chain of hashes under the kind that <see cref="Kinds"/> names, so that no flood of one pushes out what stands in another. Entries are only ever added; those older
/// than <see cref="Retention"/> or beyond the bound of their share are taken off its old end. Thread-safe; one entry after another.
/// </summary>
public sealed class AuditLog(IDocumentStore store, TimeProvider time) : IDisposable
{
    /// <summary>The kind of the documents of what was done.</summary>
    public const string Kind = "audit";

    /// <summary>How many entries of what was done are kept.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>How many entries each of the other shares keeps.</summary>
    public const int MaxOfAShare = 2_000;

    /// <summary>The longest text of before and after; longer ones are cut.</summary>
    public const int MaxText = 4_000;

    /// <summary>What is said of who asked for what they may not.</summary>
    public const string Refused = "access.refused";

    /// <summary>How many failed sign-ins and refusals of strangers are kept a minute, each counted on its own.</summary>
    public const int MaxStrangersPerMinute = 60;

    /// <summary>How many refusals of one person or key that is known are kept a minute: what one asks for hides nothing of another.</summary>
    public const int MaxOfOnePerMinute = 20;

    /// <summary>How many refusals of one person or key that is known are kept a day (of UTC): one alone takes a tenth of their share.</summary>
    public const int MaxOfOnePerDay = 200;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _entriesGate = new();
    private readonly AuditShare _done = new(Kind, MaxEntries);
    private readonly AuditShare _signIns = new("audit.sign-in", MaxOfAShare);
    private readonly AuditShare _known = new("audit.refused", MaxOfAShare);
    private readonly AuditShare _strange = new("audit.stranger", MaxOfAShare);
    private readonly MinuteCount _signInsNow = new();
    private readonly AuthorCounts _authors = new();
    private readonly MinuteCount _strangeNow = new();
    private long _failedLogins;

    /// <summary>An entry was added. Raised outside the locks, on any thread.</summary>
    public event Action? Changed;

    /// <summary>For how long entries are kept. Default 365 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How many sign-ins have failed since the start.</summary>
    public long FailedLogins => Interlocked.Read(ref _failedLogins);

    /// <summary>The kinds of the documents of all shares.</summary>
    public IReadOnlyList<string> Kinds => [.. Shares.Select(static share => share.Kind)];

    private AuditShare[] Shares => [_done, _signIns, _known, _strange];

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var share in Shares)
        {
            var documents = await store.ListAsync(share.Kind, cancellationToken);
            lock (_entriesGate) share.Add(documents.Select(static document => DocumentJson.TryRead<AuditEntry>(document.Body)).OfType<AuditEntry>().OrderBy(static entry => entry.Number));
        }
    }

    /// <summary>The newest entries that are chosen, the newest first.</summary>
    public IReadOnlyList<AuditEntry> Find(AuditFilter filter, int most)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_entriesGate) return [.. Shares.SelectMany(share => share.Find(filter, most)).OrderByDescending(static entry => entry.Number).Take(most)];
    }

    /// <summary>What is wrong with the chains: the number of the first entry of one that is not as it was written or whose neighbour is missing; null where all is as it was.</summary>
    public long? Broken()
    {
        lock (_entriesGate) return Shares.Select(static share => share.Broken()).FirstOrDefault(static number => number is not null);
    }

    /// <summary>Counts a sign-in that failed, and adds it.</summary>
    public Task AddFailedLoginAsync(string name, string address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _failedLogins);
        return _signInsNow.Next(time.GetUtcNow()) switch
        {
            < MaxStrangersPerMinute => AddAsync(_signIns, new Actor(Short(name, 100), "stranger", address), "sign-in.failed", Short(name, 100), null, null, cancellationToken),
            MaxStrangersPerMinute => AddAsync(_signIns, new Actor("many", "stranger", ""), "sign-in.failed", "more in this minute are counted in audit.failed_logins alone", null, null, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>
    /// Adds that somebody asked for what they may not. Strangers, and who came by a link, are counted together, at most <see cref="MaxStrangersPerMinute"/> a minute, and kept apart from people and keys that
    /// are known, whom they so cannot hide; of those each is counted on its own (<see cref="MaxOfOnePerMinute"/>, <see cref="MaxOfOnePerDay"/>). The last one that is told says that more are not. That it cannot
    /// be kept now is no reason to answer otherwise.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="on">What for.</param>
    /// <param name="why">What it takes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task AddRefusedAsync(Actor actor, string on, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var isKnown = actor.Kind is "person" or "key";
        on = Short(on, 200);
        string? told = why;
        if (isKnown)
        {
            if (!_authors.TryTell(actor, time.GetUtcNow(), out var last)) return;
            if (last is not null) told = $"{why}; {last}";
        }
        else
        {
            var count = _strangeNow.Next(time.GetUtcNow());
            if (count > MaxStrangersPerMinute) return;
            if (count == MaxStrangersPerMinute) (actor, on, told) = (new Actor("many", actor.Kind, ""), "more of strangers in this minute are not told", null);
        }

        try
        {
            await AddAsync(isKnown ? _known : _strange, actor, Refused, on, null, told, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            // Refused all the same.
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="actor">Who; null for the server itself.</param>
    /// <param name="action">What was done.</param>
    /// <param name="on">On what.</param>
    /// <param name="before">What it was, with secrets masked.</param>
    /// <param name="after">What it is, with secrets masked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StoreFullException">No space on the disk; nothing was added.</exception>
    /// <exception cref="StoreUnavailableException">The store takes nothing now; nothing was added.</exception>
    public Task AddAsync(Actor? actor, string action, string on, string? before, string? after, CancellationToken cancellationToken) => AddAsync(_done, actor, action, on, before, after, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static string Id(AuditEntry entry) => entry.Number.ToString("D12", CultureInfo.InvariantCulture);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Short(string? text, int most) => text?.Length > most ? text[..most] + "…" : text;

    private async Task AddAsync(AuditShare share, Actor? actor, string action, string on, string? before, string? after, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            long number;
            string previous;
            List<(AuditShare Share, IReadOnlyList<AuditEntry> Entries)> old;
            lock (_entriesGate)
            {
                number = Shares.Max(static one => one.LastNumber) + 1;
                previous = share.LastHash;
                old = [.. Shares.Select(one => (one, one.Old(now - Retention, one == share)))];
            }

            var entry = new AuditEntry
            {
                Number = number, At = now, Who = actor?.Name ?? "LiveDash", Kind = actor?.Kind ?? "server", Address = actor?.Address ?? "",
                Action = action, On = on, Before = Short(before, MaxText), After = Short(after, MaxText), Previous = previous,
            };
            entry = entry with { Hash = entry.ComputeHash() };
            await store.ApplyAsync([new DocumentChange(share.Kind, Id(entry), DocumentJson.Write(entry)), .. old.SelectMany(static one => one.Entries.Select(gone => new DocumentChange(one.Share.Kind, Id(gone), null)))], cancellationToken);
            lock (_entriesGate)
            {
                foreach (var (one, entries) in old) one.RemoveOld(entries.Count);
                share.Add(entry);
            }
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
    }
}
