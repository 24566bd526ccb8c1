using System.Buffers.Binary;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Mongo;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Core.Collections;

/// <summary>
/// One collection's taking over: first all that is there, then, where that is wanted, what comes. The change stream is opened before the reading, so that nothing falls between.
/// Where there are no change streams (a standalone, a time series) it asks by key each second, with an overlap, because keys are not in the order of commits.
/// Used by one loop.
/// </summary>
internal sealed partial class CollectionFollower(CollectionMap map, CollectionClients clients, CollectionTaker taker, TimeProvider time, ILogger logger)
{
    private const int MaxSeen = 100_000;

    // The server's code for an event beyond 16 MB.
    private const int TooLarge = 10334;

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly CollectionAccount _account = clients.Account(map.Name);
    private readonly HashSet<string> _seen = [];
    private bool _polls;
    private bool _failing;

    private IMongoCollection<BsonDocument> Collection => clients.Database(map).GetCollection<BsonDocument>(map.Collection);

    /// <summary>Runs until it is cancelled, or an import is through.</summary>
    public async Task RunAsync(BackgroundLoop loop, CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await taker.LoadAsync(cancellationToken).ConfigureAwait(false);
                await StepsAsync(loop, () => pause = s_firstPause, cancellationToken).ConfigureAwait(false);
                if (map.Mode == CollectionMode.Import) return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var why = MongoTrouble.IsOurs(e) ? MongoTrouble.Describe(e) : e.Message;
                _account.Say(why + "; tried again");
                loop.Limp(why);
                if (!_failing) LogFailed(map.Name, why);
                _failing = true;
            }

            await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task StepsAsync(BackgroundLoop loop, Action went, CancellationToken cancellationToken)
    {
        if (map.Mode == CollectionMode.Follow && !_polls && taker.State.Token is null) await BeginStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!taker.State.Filled) await FillAsync(cancellationToken).ConfigureAwait(false);
        if (map.Mode == CollectionMode.Import)
        {
            _account.Say("imported");
            return;
        }

        (_failing, var begun) = (false, time.GetTimestamp());
        loop.Recover();
        if (_polls) await PollAsync(cancellationToken).ConfigureAwait(false);
        else await StreamAsync(cancellationToken).ConfigureAwait(false);
        if (time.GetElapsedTime(begun) > s_longestPause) went();
    }

    private async Task BeginStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var stream = await Collection.WatchAsync(Options(null), cancellationToken).ConfigureAwait(false);
            // The first answer says where the stream stands, though nothing has happened.
            await stream.MoveNextAsync(cancellationToken).ConfigureAwait(false);
            await taker.SaveAsync(taker.State with { Token = stream.GetResumeToken()?.ToString(), Filled = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (MongoCommandException e) when (HasNoStreams(e))
        {
            _polls = true;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _account.Say("reading what is there");
        await ReadBehindAsync(taker.LastKey, cancellationToken).ConfigureAwait(false);
        await taker.SaveAsync(taker.State with { Filled = true }, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadBehindAsync(BsonValue? key, CancellationToken cancellationToken)
    {
        CollectionValidator.TryFilter(map.Filter, out var filter, out _);
        var cursor = new CollectionCursor(clients.Database(map), map.Collection, filter, taker.Projection);
        await using (cursor.ConfigureAwait(false))
        {
            if (key is not null) cursor.StartAfter(key);
            while (await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } reply)
            {
                using (reply)
                {
                    var documents = Unseen(Documents(reply.Bytes.ToArray(), reply.Batch));
                    if (documents.Count == 0) continue;
                    await taker.TakeAsync(documents, static (state, last) => state with { Key = KeyText(last, state.Key) }, cancellationToken).ConfigureAwait(false);
                    cursor.Passed(taker.LastKey!);
                }
            }
        }
    }

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            _account.Say("following the change stream");
            using var stream = await Collection.WatchAsync(Options(taker.State.Token), cancellationToken).ConfigureAwait(false);
            while (await stream.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                var inserted = stream.Current.Where(static e => e.OperationType == ChangeStreamOperationType.Insert && e.FullDocument is not null).Select(static e => e.FullDocument).ToList();
                var token = stream.GetResumeToken()?.ToString();
                if (inserted.Count > 0) await TakeAsync(await WantedAsync(inserted, cancellationToken).ConfigureAwait(false), token, cancellationToken).ConfigureAwait(false);
                else if (token != taker.State.Token) await taker.SaveAsync(taker.State with { Token = token }, cancellationToken).ConfigureAwait(false);
                if (stream.Current.Any(static e => e.OperationType == ChangeStreamOperationType.Invalidate)) break;
            }

            // Dropped or renamed: what comes under its name later is begun anew; what is kept stays, and is known again by its keys.
            await taker.SaveAsync(new FollowState { Of = taker.State.Of }, cancellationToken).ConfigureAwait(false);
            throw new IOException("the collection was dropped or renamed, and the change stream ended");
        }
        catch (MongoCommandException e) when (HasNoStreams(e))
        {
            _polls = true;
        }
        catch (MongoCommandException e) when (e.Code is MongoTrouble.HistoryLost or 280 or TooLarge)
        {
            // The place is gone (or an event too large to be sent): read behind the last key once, and follow from now. The pause grows, so that this is never a loop.
            await taker.SaveAsync(taker.State with { Token = null, Filled = false }, cancellationToken).ConfigureAwait(false);
            throw new IOException(
                e.Code == TooLarge
                    ? "an event of more than 16 MB could not be sent and ended the change stream; what it told is read by key"
                    : $"the history of the change stream is lost ({e.Code}); what was missed is read by key",
                e);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        _account.Say("asking by key each second: this server has no change streams for it");
        using var timer = new PeriodicTimer(s_poll, time);
        do
        {
            var key = taker.LastKey;
            if (key is BsonObjectId id)
            {
                // The least key of that second: its first four bytes, and zeros.
                var bytes = new byte[12];
                BinaryPrimitives.WriteInt32BigEndian(bytes, Math.Max(0, id.Value.Timestamp - (int)s_overlap.TotalSeconds));
                key = new ObjectId(bytes);
            }

            await ReadBehindAsync(key, cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private Task TakeAsync(List<BsonDocument> documents, string? token, CancellationToken cancellationToken) => taker.TakeAsync(
        [.. documents.Select(static d => (ReadOnlyMemory<byte>)d.ToBson())],
        (state, last) => state with { Key = KeyText(Later(state.Key, last), state.Key), Token = token },
        cancellationToken);

    // The mapping's filter, asked of the server: it alone knows what its operators mean.
    private async Task<List<BsonDocument>> WantedAsync(List<BsonDocument> inserted, CancellationToken cancellationToken)
    {
        CollectionValidator.TryFilter(map.Filter, out var filter, out _);
        if (filter.ElementCount == 0) return inserted;
        var asked = new BsonDocument("$and", new BsonArray { filter, new BsonDocument("_id", new BsonDocument("$in", new BsonArray(inserted.Select(static d => d["_id"])))) });
        return await Collection.Find(asked).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private List<ReadOnlyMemory<byte>> Unseen(List<ReadOnlyMemory<byte>> documents)
    {
        if (!_polls) return documents;
        if (_seen.Count > MaxSeen) _seen.Clear();
        return documents.FindAll(document => _seen.Add(Convert.ToHexString(KeyBytes(document.Span))));
    }

    private static ReadOnlySpan<byte> KeyBytes(ReadOnlySpan<byte> document)
    {
        var elements = new BsonElements(document);
        while (elements.Next())
        {
            if (elements.Name.SequenceEqual("_id"u8)) return elements.Value;
        }

        return default;
    }

    private static List<ReadOnlyMemory<byte>> Documents(byte[] reply, (int At, int Length) batch)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var elements = new BsonElements(reply.AsSpan(batch.At, batch.Length));
        while (elements.Next()) found.Add(reply.AsMemory(batch.At + elements.At, elements.Value.Length));
        return found;
    }

    private static BsonValue? Later(string? before, BsonValue? last) =>
        before is null || last is null || last.CompareTo(BsonDocument.Parse(before)["k"]) > 0 ? last : BsonDocument.Parse(before)["k"];

    private static string? KeyText(BsonValue? key, string? before) => key is null ? before : new BsonDocument("k", key).ToString();

    private static ChangeStreamOptions Options(string? token) => new()
    {
        ResumeAfter = token is null ? null : BsonDocument.Parse(token), MaxAwaitTime = TimeSpan.FromSeconds(1),
    };

    // Not a replica set; not for a view or a time series; a command that the server does not know.
    private static bool HasNoStreams(MongoCommandException e) => e.Code is 40573 or 166 or 59 or 40324;

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    [LoggerMessage(2601, LogLevel.Warning, "The collection {Name} cannot be taken over now: {Reason}. It is tried again; the next failures in a row are not logged.")]
    private partial void LogFailed(string name, string reason);
}
