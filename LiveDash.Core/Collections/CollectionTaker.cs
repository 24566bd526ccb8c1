using System.Text.Json;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>Takes documents over into the store, a batch at a time, and keeps how far it came once they are on disk. Used by one follower.</summary>
internal sealed class CollectionTaker
{
    private const string Kind = "collection";

    // How long a batch waits for room in the queue and for its commit.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly CollectionMap _map;
    private readonly IngestPipeline _pipeline;
    private readonly SourceLedger _ledger;
    private readonly IDocumentStore _documents;
    private readonly TimeProvider _time;
    private readonly CollectionAccount _account;
    private readonly IngestSink _sink;
    private readonly DocumentMapper _mapper;

    public CollectionTaker(
        CollectionMap map, CollectionAccount account, IngestPipeline pipeline, SourceRegistry sources, Admission admission, IDocumentStore documents, TimeProvider time)
    {
        (_map, _account, _pipeline, _documents, _time) = (map, account, pipeline, documents, time);
        _ledger = sources.Get("mongodb", map.Name);
        _sink = new IngestSink(admission);
        _mapper = new DocumentMapper(map, time.GetUtcNow().UtcTicks);
    }

    /// <summary>How far it came.</summary>
    public FollowState State { get; private set; } = new();

    /// <summary>What the server need send of each document.</summary>
    public BsonDocument Projection => _mapper.Projection;

    /// <summary>The last key taken over; null for none.</summary>
    public BsonValue? LastKey => State.Key is { } text ? BsonDocument.Parse(text)["k"] : null;

    /// <summary>Reads how far it came before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await _documents.GetAsync(Kind, _map.Name, cancellationToken).ConfigureAwait(false) is { } body) State = JsonSerializer.Deserialize<FollowState>(body) ?? new FollowState();
        var of = $"{_map.Connection}/{_map.Database}/{_map.Collection}/{_map.Filter}";
        if (State.Of != of) State = new FollowState { Of = of };
    }

    /// <summary>Keeps another state.</summary>
    public async Task SaveAsync(FollowState state, CancellationToken cancellationToken)
    {
        await _documents.ApplyAsync([new DocumentChange(Kind, _map.Name, JsonSerializer.SerializeToUtf8Bytes(state))], cancellationToken).ConfigureAwait(false);
        State = state;
    }

    /// <summary>Takes documents over and then keeps a state that says so.</summary>
    /// <param name="documents">The documents' bytes.</param>
    /// <param name="next">The state with the key of the last document, where there is one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="IOException">They were not all kept; the state is as before.</exception>
    public async Task TakeAsync(IReadOnlyList<ReadOnlyMemory<byte>> documents, Func<FollowState, BsonValue?, FollowState> next, CancellationToken cancellationToken)
    {
        BsonValue? last = null;
        var session = new IngestSession(_pipeline, _ledger, _time, s_patience);
        await using (session.ConfigureAwait(false))
        {
            _sink.Session = session;
            foreach (var document in documents)
            {
                Map(document.Span, session);
                last = _mapper.Key(document.Span);
                if (session.IsFull) await FlushAsync(session, cancellationToken).ConfigureAwait(false);
            }

            await FlushAsync(session, cancellationToken).ConfigureAwait(false);
            var report = await session.CompleteAsync(AckMode.Stored, cancellationToken).ConfigureAwait(false);
            if (report.NotKept > 0) throw new IOException($"The store did not keep {report.NotKept} points; they are read again.");
        }

        _account.Count(documents.Count);
        await SaveAsync(next(State, last), cancellationToken).ConfigureAwait(false);
    }

    private async Task FlushAsync(IngestSession session, CancellationToken cancellationToken)
    {
        // A session's first batch does not wait by itself.
        if (session.HasPoints) await _pipeline.WaitForRoomAsync(_ledger, IngestSession.BatchPoints, cancellationToken).ConfigureAwait(false);
        await session.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Map(ReadOnlySpan<byte> document, IngestSession session)
    {
        (_sink.Key, _sink.WasFuture) = (KeyOf(document), false);
        var refused = _mapper.Map(document, _sink) ?? (_sink.WasFuture ? RejectReason.Future : null);
        if (refused is not { } reason) return;
        _account.Refuse(reason, _sink.Key);
        session.Reject(0, reason, $"{_sink.Key}: {ReasonNames.Of(reason)}");
    }

    // Before it is mapped, since its points carry it.
    private static string KeyOf(ReadOnlySpan<byte> document)
    {
        var elements = new BsonElements(document);
        while (elements.Next())
        {
            if (elements.Name.SequenceEqual("_id"u8)) return BsonValues.Text(elements.Type, elements.Value) ?? Convert.ToHexString(elements.Value);
        }

        return "";
    }
}
