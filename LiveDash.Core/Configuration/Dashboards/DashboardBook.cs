using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// All dashboards: what the store holds under the kind <see cref="Kind"/>, and the automatic one of this machine until a person changes or removes it.
/// At most <see cref="MaxDashboards"/>. All members are thread-safe; changes to one dashboard are applied one after another to its newest state,
/// so two people who move different panels both get their way. No two have the same name: a new one gets a number behind it.
/// </summary>
public sealed class DashboardBook(IDocumentStore store, SeriesCatalog catalog) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "dashboard";

    /// <summary>How many dashboards there may be.</summary>
    public const int MaxDashboards = 200;

    // An empty document of the automatic dashboard's id means that it was removed.
    private static readonly byte[] s_removed = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _automaticGate = new();
    private volatile State? _state;
    private (int Series, Dashboard Dashboard)? _automatic;

    /// <summary>Something changed: pull <see cref="All"/> anew. Raised outside the locks, on any thread.</summary>
    public event Action? Changed;

    /// <summary>The documents that could not be read, by id, with the reason; they are kept untouched.</summary>
    public IReadOnlyList<(string Id, string Reason)> Unreadable => Loaded().Unreadable;

    /// <summary>True once <see cref="LoadAsync"/> has read the store.</summary>
    public bool IsLoaded => _state is not null;

    /// <summary>Every dashboard: the automatic one first, then by name. Call <see cref="LoadAsync"/> first.</summary>
    public IReadOnlyList<Dashboard> All
    {
        get
        {
            var state = Loaded();
            return state.ShowsAutomatic ? [Automatic(), .. state.Stored] : state.Stored;
        }
    }

    /// <summary>Reads the store at the first call; later ones return at once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_state is not null) return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _state ??= Read(await store.ListAsync(Kind, cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One dashboard, or null.</summary>
    public Dashboard? Find(string id) => All.FirstOrDefault(dashboard => dashboard.Id == id);

    /// <summary>Adds an empty dashboard and returns it.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxDashboards"/> already.</exception>
    public Task<Dashboard> CreateAsync(string name, CancellationToken cancellationToken) =>
        AddAsync(id => new Dashboard { Id = id, Name = name }, name, cancellationToken);

    /// <summary>Adds a dashboard like one that was read from JSON or that exists, under an id of its own.</summary>
    /// <param name="dashboard">What it is like.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <param name="isNamed">Whether something outside names an id yet, such as an address by which a former dashboard was shown: none of those is given again.</param>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxDashboards"/> already.</exception>
    public Task<Dashboard> AddCopyAsync(Dashboard dashboard, CancellationToken cancellationToken, Func<string, bool>? isNamed = null) =>
        AddAsync(id => dashboard with { Id = id, IsAutomatic = false }, dashboard.Name, cancellationToken, isNamed);

    /// <summary>Applies a change to the newest state of a dashboard and keeps the result; null where there is no such dashboard (any more).</summary>
    /// <exception cref="InvalidOperationException">Another dashboard has the name.</exception>
    public async Task<Dashboard?> UpdateAsync(string id, Func<Dashboard, Dashboard> change, CancellationToken cancellationToken)
    {
        Dashboard changed;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Find(id) is not { } current) return null;
            changed = change(current);
            if (ReferenceEquals(changed, current)) return current;
            CheckName_NeedsGate(changed);
            changed = changed with { IsAutomatic = false, KnownSeries = current.IsAutomatic ? catalog.Count : changed.KnownSeries };
            await PutAsync(changed, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
        return changed;
    }

    /// <summary>Removes a dashboard; the automatic one stays away until <see cref="RestoreAutomaticAsync"/>.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var state = Loaded();
            var isHost = id == HostDashboard.Id;
            await store.ApplyAsync([new DocumentChange(Kind, id, isHost ? s_removed : null)], cancellationToken);
            _state = state with { Stored = [.. state.Stored.Where(d => d.Id != id)], ShowsAutomatic = state.ShowsAutomatic && !isHost };
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>Makes the dashboard of this machine anew from the series that there are, in place of what it was changed to.</summary>
    public async Task RestoreAutomaticAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var state = Loaded();
            await store.ApplyAsync([new DocumentChange(Kind, HostDashboard.Id, null)], cancellationToken);
            _state = state with { Stored = [.. state.Stored.Where(d => d.Id != HostDashboard.Id)], ShowsAutomatic = true };
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static State Read(IReadOnlyList<Document> documents)
    {
        var stored = new List<Dashboard>();
        var unreadable = new List<(string, string)>();
        foreach (var document in documents)
        {
            if (document.Body.Length == 0) continue;
            if (DashboardJson.Read(document.Body, document.Id, out var errors) is { } dashboard) stored.Add(dashboard);
            else unreadable.Add((document.Id, string.Join(" ", errors)));
        }

        return new State(Sorted(stored), unreadable, !documents.Any(d => d.Id == HostDashboard.Id));
    }

    private static Dashboard[] Sorted(IEnumerable<Dashboard> dashboards) =>
        [.. dashboards.OrderBy(d => d.Id != HostDashboard.Id).ThenBy(d => d.Name, StringComparer.OrdinalIgnoreCase).ThenBy(d => d.Id, StringComparer.Ordinal)];

    private static string Slug(string name)
    {
        var letters = name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        var slug = string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "dashboard" : slug.Length > 30 ? slug[..30].TrimEnd('-') : slug;
    }

    private static string Unique(string name, IReadOnlyList<Dashboard> all)
    {
        var unique = name;
        for (var n = 2; all.Any(other => SameName(other.Name, unique)); n++)
        {
            var suffix = $" ({n})";
            unique = name[..Math.Min(name.Length, Dashboard.MaxName - suffix.Length)] + suffix;
        }

        return unique;
    }

    private static bool SameName(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private void CheckName_NeedsGate(Dashboard changed)
    {
        if (All.Any(other => other.Id != changed.Id && SameName(other.Name, changed.Name))) throw new InvalidOperationException($"Another dashboard is called “{changed.Name}”.");
    }

    private async Task<Dashboard> AddAsync(Func<string, Dashboard> make, string name, CancellationToken cancellationToken, Func<string, bool>? isNamed = null)
    {
        Dashboard added;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var all = All;
            if (all.Count >= MaxDashboards) throw new InvalidOperationException($"There are {MaxDashboards} dashboards already; remove one first.");
            var slug = Slug(name);
            var id = slug;
            // The id of the automatic one stays free for it, even while it is removed; an unreadable document is not overwritten.
            for (var n = 2; id == HostDashboard.Id || all.Any(d => d.Id == id) || Unreadable.Any(d => d.Id == id) || isNamed?.Invoke(id) == true; n++) id = $"{slug}-{n}";
            added = make(id);
            added = added with { Name = Unique(added.Name, all) };
            await PutAsync(added, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
        return added;
    }

    private async Task PutAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        var state = Loaded();
        await store.ApplyAsync([new DocumentChange(Kind, dashboard.Id, DashboardJson.Write(dashboard))], cancellationToken);
        _state = state with
        {
            Stored = Sorted([.. state.Stored.Where(d => d.Id != dashboard.Id), dashboard]),
            ShowsAutomatic = state.ShowsAutomatic && dashboard.Id != HostDashboard.Id,
        };
    }

    private Dashboard Automatic()
    {
        lock (_automaticGate)
        {
            var count = catalog.Count;
            if (_automatic is not { } made || made.Series != count) _automatic = made = (count, HostDashboard.Make(catalog));
            return made.Dashboard;
        }
    }

    private State Loaded() => _state ?? throw new InvalidOperationException("LoadAsync comes first.");

    private sealed record State(IReadOnlyList<Dashboard> Stored, IReadOnlyList<(string Id, string Reason)> Unreadable, bool ShowsAutomatic);
}
