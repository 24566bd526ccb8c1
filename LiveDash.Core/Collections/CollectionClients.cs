using System.Collections.Concurrent;
using LiveDash.Core.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Collections;

/// <summary>Clients of the connections, made when they are first needed, apart from the store's; and the accounts of the collections. Thread-safe.</summary>
public sealed class CollectionClients(CollectionBook book) : IDisposable
{
    // By address: a connection that is changed gets another client, and the old one stays until the program ends. Bounded by how often people change them.
    private readonly ConcurrentDictionary<string, Lazy<MongoClient>> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CollectionAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>What became of a collection's documents.</summary>
    public CollectionAccount Account(string name) => _accounts.GetOrAdd(name, static _ => new CollectionAccount());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(static one => one.IsValueCreated)) client.Value.Dispose();
        _clients.Clear();
    }

    /// <summary>The database of a mapping.</summary>
    /// <exception cref="InvalidOperationException">Its connection is gone.</exception>
    internal IMongoDatabase Database(CollectionMap map)
    {
        var connection = book.Find(map.Connection) ?? throw new InvalidOperationException($"There is no connection '{map.Connection}'.");
        if (!MongoAddress.TryParse(connection.Address, out var address, out var fault)) throw new InvalidOperationException(fault);
        var client = _clients.GetOrAdd(connection.Address, _ => new Lazy<MongoClient>(() => address!.Connect("source " + connection.Name)));
        return client.Value.GetDatabase(map.Database ?? address!.Database ?? throw new InvalidOperationException("No database is named."));
    }

    /// <summary>Whether a collection is there.</summary>
    internal async Task<bool> ExistsAsync(CollectionMap map, CancellationToken cancellationToken)
    {
        using var names = await Database(map).ListCollectionNamesAsync(new ListCollectionNamesOptions { Filter = new BsonDocument("name", map.Collection) }, cancellationToken).ConfigureAwait(false);
        return await names.AnyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a field has a 2d index, so that a rectangle is found by it.</summary>
    internal async Task<bool> HasPlaneIndexAsync(CollectionMap map, string path, CancellationToken cancellationToken)
    {
        using var indexes = await Database(map).GetCollection<BsonDocument>(map.Collection).Indexes.ListAsync(cancellationToken).ConfigureAwait(false);
        return (await indexes.ToListAsync(cancellationToken).ConfigureAwait(false)).Exists(index => index["key"].AsBsonDocument.TryGetValue(path, out var kind) && kind == "2d");
    }
}
