using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>
/// Before a true server: commands go there, into a database of a name of its own, and its answers come back; failures are still the double's. A command at a time, in one
/// session, since a cursor belongs to the session that opened it.
/// </summary>
internal sealed partial class MongoDoubleServer
{
    private static readonly string[] s_ownFields = ["$db", "lsid", "txnNumber", "$clusterTime", "$readPreference"];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _realName = "livedash_test_" + Guid.NewGuid().ToString("N");
    private readonly MongoClient? _upstream;
    private IClientSessionHandle? _session;

    private IMongoDatabase Real => _upstream!.GetDatabase(_realName);

    private async Task<BsonDocument> ForwardAsync(BsonDocument command, CancellationToken gone)
    {
        await _turn.WaitAsync(gone);
        try
        {
            _session ??= await _upstream!.StartSessionAsync(new ClientSessionOptions { CausalConsistency = false }, gone);
            var sent = new BsonDocument(command.Where(static e => !s_ownFields.Contains(e.Name)));
            // The double says that it is a standalone, which knows no majority to read from.
            sent.Remove("readConcern");
            var reply = await Real.RunCommandAsync<BsonDocument>(_session, sent, null, gone);
            foreach (var field in (string[])["$clusterTime", "operationTime"]) reply.Remove(field);
            return reply;
        }
        catch (MongoCommandException e)
        {
            throw new MongoFault(e.Code, e.CodeName ?? "", e.ErrorMessage);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DropUpstreamAsync()
    {
        if (_upstream is null) return;
        await _upstream.DropDatabaseAsync(_realName);
        _session?.Dispose();
        _upstream.Dispose();
    }
}
