using System.Text.Json;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>
/// Every source and way onward that was set up: those of the configuration's files (<c>LiveDash:Sources:name:kind</c> and its settings beside it), which are changed there, and those of the store, which the Sources page and the
/// API change. Thread-safe. Bounded by <see cref="Max"/>.
/// </summary>
public sealed partial class SourceBook : IDisposable
{
    /// <summary>The most setups.</summary>
    public const int Max = 200;

    private const string Kind = "sources";
    private readonly IDocumentStore _documents;
    private readonly ILogger<SourceBook> _logger;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly IReadOnlyList<SourceSetup> _files;
    private volatile IReadOnlyList<SourceSetup> _all;

    /// <summary>Reads the configuration, whose faults <see cref="Faults"/> tells before.</summary>
    public SourceBook(IConfiguration configuration, IEnumerable<SourceKind> kinds, IDocumentStore documents, ILogger<SourceBook> logger)
    {
        _documents = documents;
        _logger = logger;
        Kinds = [.. kinds];
        _files = Read(configuration);
        _all = _files;
    }

    /// <summary>Raised after <see cref="All"/> has changed, outside locks. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>What can be set up.</summary>
    public IReadOnlyList<SourceKind> Kinds { get; }

    /// <summary>All setups by name.</summary>
    public IReadOnlyList<SourceSetup> All => _all;

    /// <summary>A kind by its name, or null.</summary>
    public SourceKind? KindOf(string name) => Kinds.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Everything that is wrong with the setups of the configuration.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration, IReadOnlyList<SourceKind> kinds) =>
        [.. Read(configuration).SelectMany(setup => kinds.FirstOrDefault(kind => kind.Name == setup.Kind) is { } kind
            ? kind.Faults(setup.Values).Select(fault => $"LiveDash:Sources:{setup.Name}:{fault.Key}: {fault.Text}")
            : [$"LiveDash:Sources:{setup.Name}:kind is '{setup.Kind}'; there are {string.Join(", ", kinds.Select(static kind => kind.Name))}."])];

    /// <summary>Takes over what was kept; one that cannot be read is told and left out.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var kept = new List<SourceSetup>(_files);
        foreach (var document in await _documents.ListAsync(Kind, cancellationToken))
        {
            if (TryRead(document.Body) is { } setup && KindOf(setup.Kind) is not null) kept.Add(setup);
            else LogUnreadable(_logger, document.Id);
        }

        Publish(kept);
    }

    /// <summary>Keeps a setup, in the place of one of the same name.</summary>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">No space on the disk.</exception>
    /// <exception cref="StoreUnavailableException">The store takes nothing now.</exception>
    public async Task<IReadOnlyList<SettingOf>> SaveAsync(SourceSetup setup, CancellationToken cancellationToken)
    {
        SettingOf[] ofName = FaultOfName(setup) is { } badName ? [new("name", badName)] : [];
        if (KindOf(setup.Kind) is not { } kind) return [.. ofName, new("kind", $"The kind is one of {string.Join(", ", Kinds.Select(static one => one.Name))}.")];
        IReadOnlyList<SettingOf> faults = [.. ofName, .. kind.Faults(setup.Values)];
        if (faults.Count > 0) return faults;
        var body = JsonSerializer.SerializeToUtf8Bytes(setup, JsonSerializerOptions.Web);
        await ChangeAsync(new DocumentChange(Kind, setup.Name, body), [.. _all.Where(one => one.Name != setup.Name), setup], cancellationToken);
        return [];
    }

    /// <summary>Forgets a setup; false where there is none of that name in the store.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (!_all.Any(one => one.Name == name && !one.IsFromFile)) return false;
        await ChangeAsync(new DocumentChange(Kind, name, null), [.. _all.Where(one => one.Name != name)], cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    private string? FaultOfName(SourceSetup setup)
    {
        if (setup.Name.Length is < 1 or > 60 || setup.Name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))) return "A name is 1 to 60 letters, digits, dots, dashes or underscores.";
        if (_files.Any(one => one.Name == setup.Name)) return "It stands in the configuration's files and is changed there.";
        return _all.Count >= Max && _all.All(one => one.Name != setup.Name) ? $"There may be {Max}." : null;
    }

    private async Task ChangeAsync(DocumentChange change, IReadOnlyList<SourceSetup> all, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await _documents.ApplyAsync([change], cancellationToken);
            Publish(all);
        }
        finally
        {
            _saving.Release();
        }
    }

    private void Publish(IReadOnlyList<SourceSetup> all)
    {
        _all = [.. all.OrderBy(static one => one.Name, StringComparer.Ordinal)];
        Changed?.Invoke();
    }

    private static IReadOnlyList<SourceSetup> Read(IConfiguration configuration) =>
        [.. configuration.GetSection("LiveDash:Sources").GetChildren().Where(static one => one["kind"] is not null).Select(static one => new SourceSetup(
            one.Key, one["kind"]!, !"false".Equals(one["enabled"], StringComparison.OrdinalIgnoreCase),
            one.GetChildren().Where(static child => child.Key.ToLowerInvariant() is not ("kind" or "enabled")).ToDictionary(static child => child.Key, Text)) { IsFromFile = true })];

    // A list in a file is lines.
    private static string Text(IConfigurationSection section) =>
        section.Value is { } value ? value is "True" or "False" ? value.ToLowerInvariant() : value : string.Join('\n', section.GetChildren().Select(static child => child.Value));

    private static SourceSetup? TryRead(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SourceSetup>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(2301, LogLevel.Error, "The kept source {Name} cannot be read and is left out until it is saved anew")]
    private static partial void LogUnreadable(ILogger logger, string name);
}
