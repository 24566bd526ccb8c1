using LiveDash.Core.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Collections;

/// <summary>
/// Goes through a collection in the order of its keys, a batch at a time: the next is asked for when the caller comes for it, or one ahead where the caller says so, so that a reader who
/// is slow holds the server back. A cursor that is lost (idle for ten minutes, a failover, a cut connection) is made anew behind the last key. Used by one reader.
/// </summary>
internal sealed class CollectionCursor(IMongoDatabase database, string collection, BsonDocument filter, BsonDocument projection) : IAsyncDisposable
{
    // The first batch is small, so that the first line is early.
    private const int FirstBatch = 1_000;
    private const int NextBatch = 10_000;

    // How often in a row a cursor may be lost without having given anything.
    private const int MaxLost = 5;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private IClientSessionHandle? _session;
    private Task<RawReply>? _ahead;
    private BsonValue? _last;
    private long _cursor;
    private int _lost;
    private bool _begun;
    private bool _ended;

    /// <summary>How often it was made anew.</summary>
    public int Resumed { get; private set; }

    /// <summary>Goes on behind a key from before.</summary>
    public void StartAfter(BsonValue key) => _last = key;

    /// <summary>The next batch; null at the end. The caller gives it back, and tells the last key in it before it comes again.</summary>
    /// <exception cref="MongoException">The server refuses, or was lost too often.</exception>
    public async Task<RawReply?> NextAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            try
            {
                var reply = await (_ahead ?? AskAsync(cancellationToken)).ConfigureAwait(false);
                (_ahead, _cursor) = (null, reply.Cursor);
                (_begun, _ended, _lost) = (true, _cursor == 0, 0);
                return reply;
            }
            catch (Exception e) when (MongoTrouble.IsLostCursor(e) && ++_lost <= MaxLost)
            {
                Resumed++;
                (_ahead, _cursor) = (null, 0);
                _session?.Dispose();
                _session = null;
            }
        }

        return null;
    }

    /// <summary>The caller deals with a batch now: the next one is asked for meanwhile, and no second. What goes wrong with it is seen when it is come for.</summary>
    public void Ahead(CancellationToken cancellationToken)
    {
        if (_ahead is null && _cursor != 0) _ahead = AskAsync(cancellationToken);
    }

    /// <summary>The caller has dealt with everything up to this key.</summary>
    public void Passed(BsonValue key) => _last = key;

    /// <summary>Ends the server's cursor where it is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync().ConfigureAwait(false);
        try
        {
            if (_ahead is not null) (await _ahead.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e) || e is OperationCanceledException)
        {
            // Nobody wants it any more.
        }

        try
        {
            if (_cursor != 0)
            {
                using var limit = new CancellationTokenSource(s_farewell);
                await database.RunCommandAsync<BsonDocument>(_session, new BsonDocument { { "killCursors", collection }, { "cursors", new BsonArray { _cursor } } }, null, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (MongoTrouble.IsOurs(e) || e is OperationCanceledException)
        {
            // It ends by itself after ten minutes.
        }

        _session?.Dispose();
        _leaving.Dispose();
    }

    private async Task<RawReply> AskAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _leaving.Token);
        _session ??= await database.Client.StartSessionAsync(new ClientSessionOptions { CausalConsistency = false }, either.Token).ConfigureAwait(false);
        var command = _cursor != 0
            ? new BsonDocument { { "getMore", _cursor }, { "collection", collection }, { "batchSize", NextBatch } }
            : new BsonDocument { { "find", collection }, { "filter", Behind() }, { "sort", new BsonDocument("_id", 1) }, { "projection", projection }, { "batchSize", _begun ? NextBatch : FirstBatch } };
        return (await database.RunCommandAsync<RawReply>(_session, command, null, either.Token).ConfigureAwait(false)).Locate();
    }

    private BsonDocument Behind()
    {
        if (_last is null) return filter;
        var behind = new BsonDocument("_id", new BsonDocument("$gt", _last));
        return filter.ElementCount == 0 ? behind : new BsonDocument("$and", new BsonArray { filter, behind });
    }
}
