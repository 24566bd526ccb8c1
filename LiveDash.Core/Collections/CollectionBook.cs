using System.Text.Json;
using System.Text.Json.Serialization;
using LiveDash.Core.Configuration;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Collections;

/// <summary>
/// The connections and mapped collections in force, kept over restarts; those that the settings name under <c>LiveDash:Connections</c> are there besides, and
/// cannot be changed here. All members are thread-safe.
/// </summary>
public sealed class CollectionBook(IDocumentStore documents, IReadOnlyList<CollectionConnection> configured)
{
    /// <summary>The collection of points that are streamed by the short form <c>GET /get_points</c>.</summary>
    public const string Coords = "coords";

    private const string Kind = "settings";
    private const string Id = "collections";

    /// <summary>How they are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 8,
    };

    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile CollectionSettings _settings = CollectionSettings.None;

    /// <summary>Raised after <see cref="Settings"/> has changed. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>The settings now, as they were saved.</summary>
    public CollectionSettings Settings => _settings;

    /// <summary>Every connection, those of the program's settings first.</summary>
    public IReadOnlyList<CollectionConnection> Connections => [.. configured, .. _settings.Connections.Where(one => configured.All(other => other.Name != one.Name))];

    /// <summary>A connection, or null.</summary>
    public CollectionConnection? Find(string name) => Connections.FirstOrDefault(one => one.Name == name);

    /// <summary>A mapped collection, or null.</summary>
    public CollectionMap? FindMap(string name) => _settings.Collections.FirstOrDefault(one => one.Name == name);

    /// <summary>
    /// The mapping of the collection <c>coords</c>: the one that was saved under this name, else that of documents <c>{'pt': [x, y], 'id': n}</c> in the database
    /// that a connection names; null where there is no such connection.
    /// </summary>
    public CollectionMap? FindCoords()
    {
        if (FindMap(Coords) is { } saved) return saved;
        var connection = Connections.FirstOrDefault(static one => MongoAddress.TryParse(one.Address, out var address, out _) && address!.Database is not null);
        return connection is null ? null : new CollectionMap { Name = Coords, Connection = connection.Name, Collection = Coords, Series = Coords, Point = "pt", Key = "id" };
    }

    /// <summary>Takes over what was kept.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(Kind, Id, cancellationToken).ConfigureAwait(false) is not { } body) return;
        _settings = JsonSerializer.Deserialize<CollectionSettings>(body, Json) ?? CollectionSettings.None;
        Changed?.Invoke();
    }

    /// <summary>The faults of one mapping by itself.</summary>
    public IReadOnlyList<SettingFault> Check(CollectionMap map) => CollectionValidator.Validate(new CollectionSettings { Connections = Connections, Collections = [map] });

    /// <summary>Changes the settings: of two who change at once, neither undoes what the other did.</summary>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store takes nothing now; nothing was changed.</exception>
    public async Task<IReadOnlyList<SettingFault>> ChangeAsync(Func<CollectionSettings, CollectionSettings> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = _settings;
            var next = CollectionSecrets.Restore(change(before), before);
            var faults = CollectionValidator.Validate(next with { Connections = [.. configured, .. next.Connections] });
            if (faults.Count > 0) return faults;
            await documents.ApplyAsync([new DocumentChange(Kind, Id, JsonSerializer.SerializeToUtf8Bytes(next, Json))], cancellationToken).ConfigureAwait(false);
            _settings = next;
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return [];
    }
}
