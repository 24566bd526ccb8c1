using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>
/// Stands in for a MongoDB server where a test needs what no true one does on demand: lost replies, a primary that steps down, a full disk, a history
/// that is lost, stalls. It is no database: it knows the commands and operators that LiveDash sends and refuses all others. Thread-safe.
/// </summary>
internal sealed partial class MongoDoubleServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MongoWire _wire;
    private readonly Dictionary<string, DoubleCollection> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Session, long Number), BsonDocument> _done = [];
    private readonly List<MongoFailure> _failures = [];
    private readonly DoubleScram? _scram;

    /// <summary>Starts it on a free port of the loopback.</summary>
    /// <param name="replicaSet">True for a replica set of one, false for a standalone.</param>
    /// <param name="password">Of the user <c>dash</c>, who alone may come then; null for no access control.</param>
    /// <param name="upstream">The address of a true server before which it stands; null for none.</param>
    public MongoDoubleServer(bool replicaSet = true, string? password = null, string? upstream = null)
    {
        ReplicaSet = replicaSet && upstream is null;
        _upstream = upstream is null ? null : new MongoClient(upstream);
        _scram = password is null ? null : new DoubleScram("dash", password);
        Credentials = password is null ? "" : $"dash:{Uri.EscapeDataString(password)}@";
        _wire = new MongoWire(HandleAsync);
    }

    public bool ReplicaSet { get; }

    public string Credentials { get; }

    public string Host => $"127.0.0.1:{_wire.Port}";

    /// <summary>Its address with short time-outs, so that a test need not wait for a server that is away.</summary>
    public string Address(string database = "livedash") =>
        $"mongodb://{Credentials}{Host}/{database}?serverSelectionTimeoutMS=3000&connectTimeoutMS=2000&heartbeatIntervalMS=500"
        + (Credentials.Length > 0 ? "&authSource=admin" : "") + (ReplicaSet ? "&replicaSet=rs0" : "&directConnection=true");

    /// <summary>Every command but hello and those of authentication, in order.</summary>
    public ConcurrentQueue<BsonDocument> Commands { get; } = new();

    /// <summary>Awaited before each command; a test can hold the server still.</summary>
    public Func<BsonDocument, Task>? Before { get; set; }

    /// <summary>It is no primary (any more): writes are refused, and its hello says so.</summary>
    public bool IsSecondary { get; set; }

    /// <summary>Writes that need space fail.</summary>
    public bool IsFull { get; set; }

    /// <summary>The user may read and no more.</summary>
    public bool MayOnlyRead { get; set; }

    public long DiskBytes { get; set; } = 1L << 40;

    public long DiskUsedBytes { get; set; } = 1L << 30;

    /// <summary>After so many more writes every connection is cut, for ever: as if the client had died.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    /// <summary>How many cursors are open.</summary>
    public int OpenCursors => _cursors.Count;

    /// <summary>An ObjectId of a second since 1970, and a count within it.</summary>
    public static ObjectId Key(int seconds, int count)
    {
        var bytes = new byte[12];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, seconds);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), count);
        return new ObjectId(bytes);
    }

    /// <summary>Adds a failure.</summary>
    public void Fail(MongoFailure failure)
    {
        lock (_gate) _failures.Add(failure);
    }

    /// <summary>Cuts every connection; new ones are taken.</summary>
    public void CutAll() => _wire.CutAll();

    /// <summary>The documents of a collection, for a test to look at.</summary>
    public List<BsonDocument> Documents(string ns)
    {
        if (_upstream is not null) return Real.GetCollection<BsonDocument>(ns.Split('.')[1]).Find(new BsonDocument()).Sort(new BsonDocument("_id", 1)).ToList();
        lock (_gate) return _collections.TryGetValue(ns, out var found) ? [.. found.Find([])] : [];
    }

    /// <summary>Puts documents into a collection, as some other program would.</summary>
    public void Put(string ns, params IEnumerable<BsonDocument> documents)
    {
        if (_upstream is not null)
        {
            Real.GetCollection<BsonDocument>(ns.Split('.')[1]).InsertMany(documents);
            return;
        }

        lock (_gate)
        {
            foreach (var document in documents)
            {
                if (!document.Contains("_id")) document.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
                Of_NeedsLock(ns).Insert(document);
                Log_NeedsLock("insert", ns, document);
            }
        }
    }

    /// <summary>Makes an index that only its definition tells of.</summary>
    public void PutIndex(string ns, string field, BsonValue kind)
    {
        lock (_gate) Of_NeedsLock(ns).Indexes.Add(new BsonDocument { { "v", 2 }, { "key", new BsonDocument(field, kind) }, { "name", $"{field}_{kind}" } });
    }

    /// <summary>Makes a collection that refuses change streams, as a time series does.</summary>
    public void PutTimeSeries(string ns)
    {
        lock (_gate) Of_NeedsLock(ns).IsTimeSeries = true;
    }

    /// <summary>Drops a collection.</summary>
    public void Drop(string ns)
    {
        if (_upstream is not null)
        {
            Real.DropCollection(ns.Split('.')[1]);
            return;
        }

        lock (_gate) Drop_NeedsLock(ns);
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        await DropUpstreamAsync();
    }

    private async Task<BsonDocument?> HandleAsync(int connection, BsonDocument command, CancellationToken gone)
    {
        var name = command.GetElement(0).Name;
        try
        {
            if (name is "hello" or "isMaster" or "ismaster") return Hello(name, command, connection);
            if (name is "saslStart" && _scram is not null) return _scram.Start(connection, command);
            if (name is "saslContinue" && _scram is not null) return _scram.Continue(connection, command);
            Commands.Enqueue(command);
            if (Before is { } wait) await wait(command);
            if (Planned(name, command) is not { } failure) return await RunAsync(name, command, gone);
            if (failure.Afterwards) await RunAsync(name, command, gone);
            return failure.Fault is null ? null : throw failure.Fault;
        }
        catch (MongoFault fault)
        {
            var reply = new BsonDocument { { "ok", 0.0 }, { "errmsg", fault.Message }, { "code", fault.Code }, { "codeName", fault.Name } };
            if (fault.Labels.Length > 0) reply["errorLabels"] = new BsonArray(fault.Labels);
            return reply;
        }
    }

    private BsonDocument Hello(string name, BsonDocument command, int connection)
    {
        var reply = new BsonDocument
        {
            { name == "hello" ? "isWritablePrimary" : "ismaster", !IsSecondary }, { "helloOk", true }, { "maxBsonObjectSize", 16 << 20 }, { "maxMessageSizeBytes", 48_000_000 },
            { "maxWriteBatchSize", 100_000 }, { "localTime", TimeProvider.System.GetUtcNow().UtcDateTime }, { "logicalSessionTimeoutMinutes", 30 },
            { "minWireVersion", 0 }, { "maxWireVersion", 21 }, { "readOnly", false }, { "connectionId", connection }, { "ok", 1.0 },
        };
        if (_scram is not null) reply["saslSupportedMechs"] = new BsonArray { "SCRAM-SHA-256" };
        if (_scram is not null && command.TryGetValue("speculativeAuthenticate", out var speculative))
        {
            reply["speculativeAuthenticate"] = _scram.Start(connection, speculative.AsBsonDocument);
        }

        if (!ReplicaSet) return reply;
        reply.AddRange(new BsonDocument { { "setName", "rs0" }, { "setVersion", 1 }, { "hosts", new BsonArray { Host } }, { "me", Host } });
        return IsSecondary ? reply.Add("secondary", true) : reply.Add("primary", Host).Add("electionId", ObjectId.Empty);
    }

    private MongoFailure? Planned(string name, BsonDocument command)
    {
        var target = command.GetElement(0).Value is BsonString text ? text.Value : command.GetValue("collection", "").AsString;
        lock (_gate)
        {
            var isWrite = name is "insert" or "update" or "delete" or "findAndModify";
            if (isWrite && WritesLeft-- <= 0) return new MongoFailure(name);
            foreach (var failure in _failures)
            {
                if (failure.Times <= 0 || (failure.Command != name && !(failure.Command == "*" && isWrite)) || (failure.Collection ?? target) != target) continue;
                if (failure.Skip-- > 0) continue;
                failure.Times--;
                return failure;
            }

            return null;
        }
    }

    private async Task<BsonDocument> RunAsync(string name, BsonDocument command, CancellationToken gone)
    {
        if (_upstream is not null && name is not ("ping" or "endSessions"))
        {
            if (name is "insert" or "update" or "delete") CheckWritable_NeedsLock(command);
            return await ForwardAsync(command, gone);
        }

        switch (name)
        {
            case "ping" or "endSessions": return Ok();
            case "buildInfo": return Ok().Add("version", "7.0.0").Add("versionArray", new BsonArray { 7, 0, 0, 0 });
            case "getMore": return await MoreAsync(command, gone);
            case "killCursors": return Kill(command);
            case "aggregate" when command["pipeline"].AsBsonArray is { Count: > 0 } p && p[0].AsBsonDocument.Contains("$changeStream"): return Watch(command, p);
        }

        lock (_gate)
        {
            var db = command["$db"].AsString;
            var ns = db + "." + (command.GetElement(0).Value is BsonString one ? one.Value : "");
            var isWrite = name is "insert" or "update" or "delete" or "findAndModify" or "createIndexes" or "create" or "drop" or "dropDatabase";
            if (isWrite) CheckWritable_NeedsLock(command);
            if (command.Contains("startTransaction") || command.Contains("autocommit")) throw new MongoFault(20, "IllegalOperation", "The double has no transactions.");
            if (!command.Contains("txnNumber")) return Run_NeedsLock(name, ns, db, command);
            if (!ReplicaSet) throw new MongoFault(20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
            var attempt = (Convert.ToHexString(command["lsid"]["id"].AsBsonBinaryData.Bytes), command["txnNumber"].ToInt64());
            if (_done.TryGetValue(attempt, out var before)) return before.DeepClone().AsBsonDocument;
            var reply = Run_NeedsLock(name, ns, db, command);
            _done[attempt] = reply.DeepClone().AsBsonDocument;
            return reply;
        }
    }

    private void CheckWritable_NeedsLock(BsonDocument command)
    {
        if (IsSecondary) throw new MongoFault(10107, "NotWritablePrimary", "not primary") { Labels = command.Contains("txnNumber") ? ["RetryableWriteError"] : [] };
        if (MayOnlyRead) throw new MongoFault(13, "Unauthorized", "not authorized on livedash to execute command");
        if (IsFull && command.GetElement(0).Name is not ("delete" or "drop")) throw new MongoFault(14031, "OutOfDiskSpace", "available disk space is less than required minimum");
    }

    private BsonDocument Run_NeedsLock(string name, string ns, string db, BsonDocument command) => name switch
    {
        "insert" => Insert_NeedsLock(ns, command),
        "update" => Update_NeedsLock(ns, command),
        "delete" => Delete_NeedsLock(ns, command),
        "find" => Find_NeedsLock(ns, command),
        "aggregate" => Page(DoubleStages.Run(Read_NeedsLock(ns)?.Find([]) ?? [], command["pipeline"].AsBsonArray), ns, BatchSize(command["cursor"].AsBsonDocument)),
        "count" => Ok().Add("n", Read_NeedsLock(ns)?.Find(Doc(command, "query")).Count() ?? 0),
        "create" => Create_NeedsLock(ns, command),
        "drop" => Drop_NeedsLock(ns),
        "dropDatabase" => DropAll_NeedsLock(db),
        "createIndexes" => CreateIndexes_NeedsLock(ns, command),
        "listIndexes" => Page(Read_NeedsLock(ns)?.Indexes ?? throw new MongoFault(26, "NamespaceNotFound", "ns does not exist"), ns, int.MaxValue),
        "listCollections" => Page(Names_NeedsLock(db).Where(d => DoubleFilter.Matches(d, Doc(command, "filter"))), db + ".$cmd.listCollections", int.MaxValue),
        "collStats" => Ok().Add("count", Read_NeedsLock(ns)?.Count ?? 0).Add("size", Read_NeedsLock(ns)?.Bytes ?? 0),
        "dbStats" => Stats_NeedsLock(db),
        _ => throw MongoFault.Unknown(name),
    };

    private IEnumerable<BsonDocument> Names_NeedsLock(string db) => _collections
        .Where(pair => pair.Key.StartsWith(db + ".", StringComparison.Ordinal))
        .Select(pair => new BsonDocument { { "name", pair.Key[(db.Length + 1)..] }, { "type", pair.Value.IsTimeSeries ? "timeseries" : "collection" } });

    private BsonDocument Stats_NeedsLock(string db)
    {
        var bytes = _collections.Where(pair => pair.Key.StartsWith(db + ".", StringComparison.Ordinal)).Sum(static pair => pair.Value.Bytes);
        return Ok().Add("dataSize", bytes).Add("storageSize", bytes).Add("indexSize", 0L).Add("fsTotalSize", (double)DiskBytes).Add("fsUsedSize", (double)DiskUsedBytes);
    }

    private DoubleCollection? Read_NeedsLock(string ns) => _collections.GetValueOrDefault(ns);

    private DoubleCollection Of_NeedsLock(string ns)
    {
        if (!_collections.TryGetValue(ns, out var found)) _collections.Add(ns, found = new DoubleCollection());
        return found;
    }

    private static BsonDocument Ok() => new("ok", 1.0);

    private static BsonDocument Doc(BsonDocument command, string name) => command.TryGetValue(name, out var value) && value is BsonDocument document ? document : [];
}
