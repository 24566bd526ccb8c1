using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Books;

/// <summary>The rules in force, kept over restarts. All members are thread-safe; changes come one after the other.</summary>
public sealed class RuleBook(IDocumentStore documents, Limits limits) : IDisposable
{
    private const string MadeKind = "settings";
    private const string MadeId = "default-rules-made";
    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile RuleSet _rules = RuleSet.Empty;
    private volatile IReadOnlyDictionary<string, string> _files = new Dictionary<string, string>();

    /// <summary>Raised after <see cref="Rules"/> has changed, outside of locks. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>The rules now.</summary>
    public RuleSet Rules => _rules;

    /// <summary>The file of the watched folder that a rule stands in; null for one that may be changed here.</summary>
    public string? FileOf(string id) => _files.GetValueOrDefault(id);

    /// <summary>Takes over what was kept; on the very first start makes the three rules of the machine itself.</summary>
    /// <returns>The ids of kept rules that cannot be read any more; they are left where they are.</returns>
    public async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(MadeKind, MadeId, cancellationToken).ConfigureAwait(false) is null)
        {
            List<DocumentChange> made = [new(MadeKind, MadeId, "{}"u8.ToArray())];
            made.AddRange(DefaultRules.All.Select(static rule => new DocumentChange(AlertDocuments.Rule, rule.Id, DocumentJson.Write(rule))));
            await documents.ApplyAsync(made, cancellationToken).ConfigureAwait(false);
        }

        var unreadable = new List<string>();
        var rules = new List<RuleModel>();
        foreach (var document in await documents.ListAsync(AlertDocuments.Rule, cancellationToken).ConfigureAwait(false))
        {
            if (DocumentJson.TryRead<RuleConfig>(document.Body) is { } config && RuleReader.TryRead(config with { Expr = FormerRules.Read(config.Expr) }, out var rule, out _)) rules.Add(rule);
            else unreadable.Add(document.Id);
        }

        _rules = new RuleSet(rules);
        Changed?.Invoke();
        return unreadable;
    }

    /// <summary>Adds a rule; it gets an id made of its name where it has none.</summary>
    /// <returns>The rule as it stands, or the faults, in which case nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public Task<(RuleModel? Rule, IReadOnlyList<RuleFault> Faults)> AddAsync(RuleConfig config, CancellationToken cancellationToken) =>
        SaveAsync(config, isNew: true, isFromFile: false, cancellationToken);

    /// <summary>Changes a rule, found by its id; adds it where there is none.</summary>
    /// <inheritdoc cref="AddAsync" path="/returns"/>
    /// <inheritdoc cref="AddAsync" path="/exception"/>
    public Task<(RuleModel? Rule, IReadOnlyList<RuleFault> Faults)> PutAsync(RuleConfig config, CancellationToken cancellationToken) =>
        SaveAsync(config, isNew: false, isFromFile: false, cancellationToken);

    /// <summary>Takes a rule away; false where there is none.</summary>
    /// <inheritdoc cref="AddAsync" path="/exception"/>
    /// <exception cref="RuleOwnedException">The rule stands in a file of the watched folder; nothing was changed.</exception>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        FileOf(id) is { } file ? Task.FromException<bool>(new RuleOwnedException(id, file)) : DeleteFromFileAsync(id, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    /// <summary>Says which rules stand in which file: those are changed by their file alone.</summary>
    internal void TellFiles(IReadOnlyDictionary<string, string> files)
    {
        _files = files;
        Changed?.Invoke();
    }

    /// <summary>Changes or adds a rule for the file it stands in.</summary>
    internal Task<(RuleModel? Rule, IReadOnlyList<RuleFault> Faults)> PutFromFileAsync(RuleConfig config, CancellationToken cancellationToken) =>
        SaveAsync(config, isNew: false, isFromFile: true, cancellationToken);

    /// <summary>Takes a rule away that its file has no more.</summary>
    internal async Task<bool> DeleteFromFileAsync(string id, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_rules.Find(id) is null) return false;
            await documents.ApplyAsync([new DocumentChange(AlertDocuments.Rule, id, null)], cancellationToken).ConfigureAwait(false);
            _rules = _rules.Without(id);
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return true;
    }

    private async Task<(RuleModel? Rule, IReadOnlyList<RuleFault> Faults)> SaveAsync(RuleConfig config, bool isNew, bool isFromFile, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        RuleModel? rule;
        try
        {
            if (config.Id.Length == 0) config = config with { Id = FreeId(config.Name) };
            else if (isNew && _rules.Find(config.Id) is not null) return (null, [new RuleFault("id", null, $"There is a rule '{config.Id}' already.")]);
            if (!isFromFile && FileOf(config.Id) is { } file) return (null, [new RuleFault("id", null, RuleOwnedException.Say(config.Id, file))]);
            if (!RuleReader.TryRead(config, out rule, out var faults)) return (null, faults);
            if (_rules.Find(rule.Id) is null && _rules.Rules.Count >= limits.MaxRules)
            {
                return (null, [new RuleFault("id", null, $"There are {limits.MaxRules:N0} rules, the limit that LiveDash:Limits:MaxRules sets.")]);
            }

            await documents.ApplyAsync([new DocumentChange(AlertDocuments.Rule, rule.Id, DocumentJson.Write(rule.Config))], cancellationToken).ConfigureAwait(false);
            _rules = _rules.With(rule);
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return (rule, []);
    }

    private string FreeId(string name)
    {
        var stem = RuleIds.FromName(name);
        var id = stem;
        for (var n = 2; _rules.Find(id) is not null; n++) id = $"{stem}-{n}";
        return id;
    }
}
