using System.Collections.Concurrent;
using System.Globalization;
using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

internal sealed partial class MongoDoubleServer
{
    private readonly ConcurrentDictionary<long, DoubleCursor> _cursors = new();
    private readonly List<BsonDocument> _log = [];
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastCursor;

    /// <summary>Events before this one fell out of the log.</summary>
    public int ForgottenBefore { get; set; }

    /// <summary>How many events the log holds.</summary>
    public int Events
    {
        get { lock (_gate) return _log.Count; }
    }

    /// <summary>Ends every cursor, as ten idle minutes do.</summary>
    public void KillCursors() => _cursors.Clear();

    private BsonDocument Find_NeedsLock(string ns, BsonDocument command)
    {
        foreach (var option in command.Names.Where(static n => n is "min" or "max" or "collation" or "let" or "tailable")) throw MongoFault.Unknown(option);
        var found = Read_NeedsLock(ns)?.Find(Doc(command, "filter")) ?? [];
        var sort = Doc(command, "sort");
        if (!(sort.ElementCount == 1 && sort.GetElement(0).Name == "_id" && sort[0].ToInt32() > 0)) found = DoubleUpdate.Sorted(found, sort);
        if (command.GetValue("skip", 0).ToInt32() is > 0 and var skip) found = found.Skip(skip);
        if (command.GetValue("limit", 0).ToInt32() is > 0 and var limit) found = found.Take(limit);
        var projection = Doc(command, "projection");
        return Page(found.Select(d => DoubleUpdate.Projected(d, projection)), ns, command.GetValue("singleBatch", false).ToBoolean() ? int.MaxValue : BatchSize(command));
    }

    private static int BatchSize(BsonDocument options) => options.GetValue("batchSize", 101).ToInt32() is > 0 and var size ? size : 101;

    private BsonDocument Page(IEnumerable<BsonDocument> documents, string ns, int size)
    {
        var cursor = new DoubleCursor(Interlocked.Increment(ref _lastCursor), ns, documents.GetEnumerator());
        return Next(cursor, size, "firstBatch");
    }

    private BsonDocument Next(DoubleCursor cursor, int size, string batch)
    {
        var page = new BsonArray();
        var more = cursor.Next(size, page);
        if (more) _cursors[cursor.Id] = cursor;
        return Ok().Add("cursor", new BsonDocument { { "id", more ? cursor.Id : 0L }, { "ns", cursor.Namespace }, { batch, page } });
    }

    private async Task<BsonDocument> MoreAsync(BsonDocument command, CancellationToken gone)
    {
        var id = command.GetElement(0).Value.ToInt64();
        if (!_cursors.TryRemove(id, out var cursor)) throw new MongoFault(43, "CursorNotFound", $"cursor id {id} not found");
        if (cursor.Rows is not null) return Next(cursor, command.GetValue("batchSize", int.MaxValue).ToInt32(), "nextBatch");
        Task logged;
        lock (_gate) logged = _log.Count > cursor.At ? Task.CompletedTask : _logged.Task;
        await Task.WhenAny(logged, Task.Delay(command.GetValue("maxTimeMS", 1000).ToInt32(), gone));
        lock (_gate) return Events_NeedsLock(cursor, "nextBatch");
    }

    private BsonDocument Kill(BsonDocument command)
    {
        foreach (var id in command["cursors"].AsBsonArray) _cursors.TryRemove(id.ToInt64(), out _);
        return Ok().Add("cursorsKilled", command["cursors"]);
    }

    private BsonDocument Watch(BsonDocument command, BsonArray pipeline)
    {
        if (!ReplicaSet) throw new MongoFault(40573, "Location40573", "The $changeStream stage is only supported on replica sets");
        if (pipeline.Count > 1) throw MongoFault.Unknown("stages after $changeStream");
        lock (_gate)
        {
            var ns = command["$db"].AsString + "." + command.GetElement(0).Value.AsString;
            if (Read_NeedsLock(ns)?.IsTimeSeries == true) throw new MongoFault(166, "CommandNotSupportedOnView", "$changeStream is not supported on time-series collections");
            var spec = pipeline[0]["$changeStream"].AsBsonDocument;
            var resumes = spec.TryGetValue("resumeAfter", out var token) || spec.TryGetValue("startAfter", out token);
            var at = resumes ? int.Parse(token["_data"].AsString, CultureInfo.InvariantCulture) : _log.Count;
            if (at < ForgottenBefore) throw new MongoFault(286, "ChangeStreamHistoryLost", "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
            return Events_NeedsLock(new DoubleCursor(Interlocked.Increment(ref _lastCursor), ns, null) { At = at }, "firstBatch");
        }
    }

    private BsonDocument Events_NeedsLock(DoubleCursor cursor, string batch)
    {
        var page = new BsonArray();
        while (cursor.At < _log.Count)
        {
            var e = _log[cursor.At++];
            if (e["ns"]["db"].AsString + "." + e["ns"]["coll"].AsString != cursor.Namespace) continue;
            page.Add(e);
            if (e["operationType"] == "invalidate") break;
        }

        var dead = page.Count > 0 && page[^1]["operationType"] == "invalidate";
        if (!dead) _cursors[cursor.Id] = cursor;
        return Ok().Add("cursor", new BsonDocument { { "id", dead ? 0L : cursor.Id }, { "ns", cursor.Namespace }, { batch, page }, { "postBatchResumeToken", Token(cursor.At) } });
    }

    private void Log_NeedsLock(string what, string ns, BsonDocument document)
    {
        var dot = ns.IndexOf('.', StringComparison.Ordinal);
        var e = new BsonDocument
        {
            { "_id", Token(_log.Count + 1) }, { "operationType", what }, { "clusterTime", new BsonTimestamp(_log.Count + 1, 1) },
            { "ns", new BsonDocument { { "db", ns[..dot] }, { "coll", ns[(dot + 1)..] } } },
        };
        if (what is "insert" or "update" or "delete") e["documentKey"] = new BsonDocument("_id", document["_id"]);
        if (what is "insert" or "update") e["fullDocument"] = document;
        _log.Add(e);
        Interlocked.Exchange(ref _logged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private static BsonDocument Token(int at) => new("_data", at.ToString("D8", CultureInfo.InvariantCulture));
}
