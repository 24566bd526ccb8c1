using System.Globalization;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// The audit: who did what when from where, in a chain of hashes, kept under the kind <see cref="Kind"/> and in memory. Entries are only ever added; those older than
/// <see cref="Retention"/> or beyond <see cref="MaxEntries"/> are taken off the old end, and what the chain then begins with is noted. Thread-safe; one entry after another.
/// </summary>
public sealed class AuditLog(IDocumentStore store, TimeProvider time) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "audit";

    /// <summary>How many entries are kept.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>The longest text of before and after; longer ones are cut.</summary>
    public const int MaxText = 4_000;

    /// <summary>What is said of who asked for what they may not.</summary>
    public const string Refused = "access.refused";

    /// <summary>How many entries of strangers are kept a minute; the others are counted in one.</summary>
    public const int MaxStrangersPerMinute = 60;

    // How many are taken off the old end at once.
    private const int Step = 500;
    private static readonly string s_first = new('0', 64);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _entriesGate = new();
    // Bounded by MaxEntries.
    private readonly List<AuditEntry> _entries = [];
    private long _minute;
    private int _strangers;
    private long _failedLogins;
    private long _refusedMinute;
    private int _refused;

    /// <summary>An entry was added. Raised outside the locks, on any thread.</summary>
    public event Action? Changed;

    /// <summary>For how long entries are kept. Default 365 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How many sign-ins have failed since the start.</summary>
    public long FailedLogins => Interlocked.Read(ref _failedLogins);

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await store.ListAsync(Kind, cancellationToken);
        lock (_entriesGate) _entries.AddRange(documents.Select(static document => DocumentJson.TryRead<AuditEntry>(document.Body)).OfType<AuditEntry>().OrderBy(static entry => entry.Number));
    }

    /// <summary>The newest entries that are chosen, the newest first.</summary>
    public IReadOnlyList<AuditEntry> Find(AuditFilter filter, int most)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_entriesGate) return [.. Enumerable.Reverse(_entries).Where(filter.Matches).Take(most)];
    }

    /// <summary>What is wrong with the chain: the number of the first entry that is not as it was written or whose neighbour is missing; null where all is as it was.</summary>
    public long? Broken()
    {
        lock (_entriesGate)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                var entry = _entries[i];
                if (entry.Hash != entry.ComputeHash()) return entry.Number;
                if (i > 0 && (entry.Previous != _entries[i - 1].Hash || entry.Number != _entries[i - 1].Number + 1)) return entry.Number;
            }

            return _entries.Count > 0 && _entries[0].Number == 1 && _entries[0].Previous != s_first ? 1 : null;
        }
    }

    /// <summary>Counts a sign-in that failed, and adds it.</summary>
    public Task AddFailedLoginAsync(string name, string address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _failedLogins);
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        if (Interlocked.Exchange(ref _minute, minute) != minute) Interlocked.Exchange(ref _strangers, 0);
        return Interlocked.Increment(ref _strangers) switch
        {
            < MaxStrangersPerMinute => AddAsync(new Actor(Short(name, 100), "stranger", address), "sign-in.failed", Short(name, 100), null, null, cancellationToken),
            MaxStrangersPerMinute => AddAsync(new Actor("many", "stranger", ""), "sign-in.failed", "more in this minute are counted in audit.failed_logins alone", null, null, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Adds that somebody asked for what they may not, at most <see cref="MaxStrangersPerMinute"/> times a minute. That it cannot be kept now is no reason to answer otherwise.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="on">What for.</param>
    /// <param name="why">What it takes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task AddRefusedAsync(Actor actor, string on, string why, CancellationToken cancellationToken)
    {
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        if (Interlocked.Exchange(ref _refusedMinute, minute) != minute) Interlocked.Exchange(ref _refused, 0);
        var count = Interlocked.Increment(ref _refused);
        if (count > MaxStrangersPerMinute) return;
        try
        {
            await AddAsync(actor, Refused, count < MaxStrangersPerMinute ? Short(on, 200) : "more in this minute are not told", null, why, cancellationToken);
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
    public async Task AddAsync(Actor? actor, string action, string on, string? before, string? after, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            AuditEntry? last;
            lock (_entriesGate) last = _entries.Count > 0 ? _entries[^1] : null;
            var entry = new AuditEntry
            {
                Number = (last?.Number ?? 0) + 1, At = time.GetUtcNow(), Who = actor?.Name ?? "LiveDash", Kind = actor?.Kind ?? "server", Address = actor?.Address ?? "",
                Action = action, On = on, Before = Short(before, MaxText), After = Short(after, MaxText), Previous = last?.Hash ?? s_first,
            };
            entry = entry with { Hash = entry.ComputeHash() };
            var old = Old_NeedsGate();
            await store.ApplyAsync([new DocumentChange(Kind, Id(entry), DocumentJson.Write(entry)), .. old.Select(static one => new DocumentChange(Kind, Id(one), null))], cancellationToken);
            lock (_entriesGate)
            {
                _entries.RemoveRange(0, old.Count);
                _entries.Add(entry);
            }
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static string Id(AuditEntry entry) => entry.Number.ToString("D12", CultureInfo.InvariantCulture);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Short(string? text, int most) => text?.Length > most ? text[..most] + "…" : text;

    private List<AuditEntry> Old_NeedsGate()
    {
        var oldest = time.GetUtcNow() - Retention;
        lock (_entriesGate)
        {
            var count = _entries.TakeWhile(entry => entry.At < oldest).Count();
            if (_entries.Count - count >= MaxEntries) count += Step;
            return _entries.GetRange(0, Math.Min(count, _entries.Count));
        }
    }
}
