using LiveDash.Core.Collections;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Collections;

/// <summary>A double with collections in it, and what reads them.</summary>
internal sealed class CollectionHarness : IAsyncDisposable
{
    public const string Connection = "lab";

    public CollectionHarness(bool replicaSet = true, string options = "")
    {
        Server = new MongoDoubleServer(replicaSet);
        Book = new CollectionBook(Documents, [new CollectionConnection(Connection, Server.Address("lab") + options)]);
        Clients = new CollectionClients(Book);
        Reader = new CollectionReader(Clients, TimeProvider.System);
    }

    public MongoDoubleServer Server { get; }

    public MemoryDocumentStore Documents { get; } = new();

    public CollectionBook Book { get; }

    public CollectionClients Clients { get; }

    public CollectionReader Reader { get; }

    public SeriesCatalog Catalog { get; } = new(new Limits());

    public static CollectionMap Map(string collection) => new() { Name = collection, Connection = Connection, Collection = collection, Series = collection };

    /// <summary>The seed's documents.</summary>
    public void PutCoords(int count, string ns = "lab.coords") =>
        Server.Put(ns, Enumerable.Range(0, count).Select(static i => new BsonDocument { { "_id", MongoDoubleServer.Key(1_700_000_000, i) }, { "pt", new BsonArray { i % 50, i / 50 } }, { "id", i } }));

    public IAsyncEnumerable<LiveDash.Core.Storage.PointBlock> Read(CollectionMap map, CollectionFilter? filter = null, CancellationToken cancellationToken = default) =>
        Reader.ReadAsync(map, new Admission(new Limits(), Catalog), filter, cancellationToken);

    public async Task<List<(string Series, DateTime Time, double Value, double X, double Y, long Id)>> ReadAllAsync(CollectionMap map, CollectionFilter? filter = null)
    {
        var found = new List<(string, DateTime, double, double, double, long)>();
        await foreach (var block in Read(map, filter))
        {
            for (var i = 0; i < block.Count; i++)
            {
                found.Add((Catalog[block.Series.Span[i]].ToString(), new DateTime(block.Times.Span[i], DateTimeKind.Utc), block.Values.Span[i],
                    block.X.IsEmpty ? double.NaN : block.X.Span[i], block.Y.IsEmpty ? double.NaN : block.Y.Span[i], block.Ids.Span[i]));
            }
        }

        return found;
    }

    public int Count(string command) => Server.Commands.Count(one => one.GetElement(0).Name == command);

    public async ValueTask DisposeAsync()
    {
        Clients.Dispose();
        await Server.DisposeAsync();
    }
}
