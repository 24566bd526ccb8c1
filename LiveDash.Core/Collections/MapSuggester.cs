using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Collections;

/// <summary>Looks at a sample of a collection and suggests how its documents become points. Thread-safe.</summary>
public sealed class MapSuggester(CollectionClients clients, Limits limits, TimeProvider time)
{
    private const int SampleSize = 200;
    private const int Examples = 5;
    private const int MaxDocumentText = 2_000;

    /// <summary>Suggests a mapping.</summary>
    /// <param name="begun">Name, connection, database and collection; the rest is found out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreUnavailableException">The server cannot be read.</exception>
    public async Task<MapSuggestion> SuggestAsync(CollectionMap begun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(begun);
        var sample = await SampleAsync(begun, cancellationToken).ConfigureAwait(false);
        return Show(new SampleReader(sample).Suggest(begun), sample);
    }

    /// <summary>What a mapping makes of a sample.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be read.</exception>
    public async Task<MapSuggestion> ShowAsync(CollectionMap map, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Show(map, await SampleAsync(map, cancellationToken).ConfigureAwait(false));
    }

    private MapSuggestion Show(CollectionMap map, List<BsonDocument> sample)
    {
        var examples = new List<MapExample>();
        foreach (var document in sample.Take(Examples))
        {
            var catalog = new SeriesCatalog(limits);
            var sink = new ExampleSink(new Admission(limits, catalog), catalog);
            var refused = new DocumentMapper(map, time.GetUtcNow().UtcTicks).Map(document.ToBson(), sink);
            var text = document.ToString()!;
            examples.Add(new MapExample(text.Length <= MaxDocumentText ? text : text[..MaxDocumentText] + " ...", sink.Points, refused is { } reason ? ReasonNames.Of(reason) : null));
        }

        return new MapSuggestion(map, sample.Count, examples);
    }

    private async Task<List<BsonDocument>> SampleAsync(CollectionMap map, CancellationToken cancellationToken)
    {
        try
        {
            CollectionValidator.TryFilter(map.Filter, out var filter, out _);
            var pipeline = new List<BsonDocument>();
            if (filter.ElementCount > 0) pipeline.Add(new BsonDocument("$match", filter));
            pipeline.Add(new BsonDocument("$sample", new BsonDocument("size", SampleSize)));
            using var cursor = await clients.Database(map).GetCollection<BsonDocument>(map.Collection)
                .AggregateAsync(PipelineDefinition<BsonDocument, BsonDocument>.Create(pipeline), null, cancellationToken).ConfigureAwait(false);
            return await cursor.ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e))
        {
            throw new StoreUnavailableException($"The collection cannot be read: {MongoTrouble.Describe(e)}.", e);
        }
    }
}
