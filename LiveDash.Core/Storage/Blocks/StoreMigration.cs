using System.Security.Cryptography;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Copies a store into another database: series with their numbers, sealed blocks with their ids and bytes as they are, documents. What is there already is passed
/// over, so that one that was broken off goes on; at the end every block and document is read back and compared. Used once, by one thread.
/// </summary>
internal sealed class StoreMigration(Func<IBlockDatabase> openSource, IBlockDatabase target, StorageOptions options, TimeProvider time, Action<MigrationProgress> told) : IDisposable
{
    private const string Marker = "migration";

    // Bodies of one step: a transaction of the embedded database, an insert of the other.
    private const int StepBytes = 4 << 20;

    private readonly StoreIndex _from = new();
    private readonly StoreIndex _to = new();
    private readonly IBlockDatabase _source = openSource();
    private long _points;
    private int _documents;

    /// <summary>Copies and compares.</summary>
    /// <exception cref="StoreUnavailableException">One of them cannot be used; the target holds other data; or the copy differs.</exception>
    public async Task<MigrationProgress> RunAsync(CancellationToken cancellationToken)
    {
        await SealSourceAsync(cancellationToken).ConfigureAwait(false);
        var series = Open(_source, _from);
        var have = Open(target, _to);
        await BeginAsync(series, have, cancellationToken).ConfigureAwait(false);
        CopyBlocks(cancellationToken);
        await CopyDocumentsAsync(cancellationToken).ConfigureAwait(false);
        VerifyBlocks(cancellationToken);
        await VerifyDocumentsAsync(cancellationToken).ConfigureAwait(false);
        target.WriteDocuments([new DocumentChange(Marker, Marker, null)]);
        target.Settle(freed: false);
        return Progress("done");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        target.Dispose();
    }

    // All points into blocks, whose ids and bytes can be copied; a seal as any other.
    private async Task SealSourceAsync(CancellationToken cancellationToken)
    {
        told(Progress("sealing"));
        var catalog = new SeriesCatalog(new Limits { MaxSeries = int.MaxValue });
        var engine = new StoreEngine(openSource(), options, catalog, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<StoreEngine>.Instance);
        await using (engine.ConfigureAwait(false))
        {
            await Task.Run(engine.Open, cancellationToken).ConfigureAwait(false);
            await engine.Keeper.SealAsync().ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(IReadOnlyList<SeriesKey> series, IReadOnlyList<SeriesKey> have, CancellationToken cancellationToken)
    {
        var begun = await target.GetDocumentAsync(Marker, Marker, cancellationToken).ConfigureAwait(false) is not null;
        if (!begun && (have.Count > 0 || target.DocumentKinds().Count > 0)) throw new StoreUnavailableException($"{target.Place} holds data already. Name an empty one; nothing was copied.");
        if (!series.Take(have.Count).SequenceEqual(have)) throw new StoreUnavailableException($"{target.Place} holds other series than {_source.Place}. Name an empty one; nothing was copied.");
        if (!begun) target.WriteDocuments([new DocumentChange(Marker, Marker, "{}"u8.ToArray())]);
        if (series.Count == have.Count) return;
        // Series come with a log row; one without points.
        var empty = new BlobWriter();
        LogCodec.Encode(new PointGroup(), empty);
        target.WriteLog(_to.LastId + 1, 0, empty.Written, have.Count, [.. series.Skip(have.Count)]);
        target.Settle(freed: false);
    }

    private void CopyBlocks(CancellationToken cancellationToken)
    {
        var there = Headers(_to).ToDictionary(static one => one.Block.Id, static one => one.Block);
        var (bodies, step) = (new BlobWriter(), new List<SealedSeries>());
        foreach (var (series, block) in Headers(_from).OrderBy(static one => one.Block.Id))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _points += block.Points;
            if (there.TryGetValue(block.Id, out var copied))
            {
                if (copied != block) throw new StoreUnavailableException($"{target.Place} holds another block {block.Id} than {_source.Place}. Name an empty one.");
                continue;
            }

            if (!_source.TryReadBody(block, bodies.Take(block.Bytes), [])) throw new StoreUnavailableException($"A block of {block.Points} points is missing in {_source.Place}.");
            step.Add(new SealedSeries(series, 0, [], [block]));
            if (bodies.Length >= StepBytes) Write(step, bodies);
        }

        Write(step, bodies);
    }

    private void Write(List<SealedSeries> step, BlobWriter bodies)
    {
        // Also with nothing left to write: the newest id that ever was is kept, so that none is given twice.
        target.WriteSeal(step, bodies.Written, _from.LastId);
        target.Settle(freed: false);
        step.Clear();
        bodies.Clear();
        told(Progress("copying"));
    }

    private async Task CopyDocumentsAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in _source.DocumentKinds())
        {
            foreach (var document in await _source.ListDocumentsAsync(kind, cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                target.WriteDocuments([new DocumentChange(kind, document.Id, document.Body)]);
                target.Settle(freed: false);
                _documents++;
            }

            told(Progress("copying"));
        }
    }

    private void VerifyBlocks(CancellationToken cancellationToken)
    {
        told(Progress("comparing"));
        using var one = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var other = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, block) in Headers(_from).OrderBy(static one => one.Block.Id))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Append(one, _source, block);
            Append(other, target, block);
        }

        Compare(one.GetHashAndReset(), other.GetHashAndReset(), "points");
    }

    private async Task VerifyDocumentsAsync(CancellationToken cancellationToken) => Compare(
        await HashDocumentsAsync(_source, cancellationToken).ConfigureAwait(false), await HashDocumentsAsync(target, cancellationToken).ConfigureAwait(false), "documents");

    private static async Task<byte[]> HashDocumentsAsync(IBlockDatabase database, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var kind in database.DocumentKinds().Where(static kind => kind != Marker).Order(StringComparer.Ordinal))
        {
            var documents = await database.ListDocumentsAsync(kind, cancellationToken).ConfigureAwait(false);
            foreach (var document in documents.OrderBy(static d => d.Id, StringComparer.Ordinal))
            {
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{kind}\0{document.Id}\0{document.Body.Length}\0"));
                hash.AppendData(document.Body);
            }
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, IBlockDatabase database, BlockHeader block)
    {
        var body = System.Buffers.ArrayPool<byte>.Shared.Rent(block.Bytes);
        try
        {
            if (!database.TryReadBody(block, body.AsSpan(0, block.Bytes), [])) throw new StoreUnavailableException($"A block of {block.Points} points is missing in {database.Place}.");
            hash.AppendData(body, 0, block.Bytes);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static void Compare(byte[] one, byte[] other, string what)
    {
        if (!one.AsSpan().SequenceEqual(other)) throw new StoreUnavailableException($"The copied {what} differ from those of the source. Delete the target and begin again.");
    }

    private static IReadOnlyList<SeriesKey> Open(IBlockDatabase database, StoreIndex index)
    {
        var contents = new StoreContents(index, new SenderGuard(), static message => throw new StoreUnavailableException(message));
        database.Open(contents);
        return contents.Series;
    }

    private static IEnumerable<(int Series, BlockHeader Block)> Headers(StoreIndex index) =>
        index.SnapshotBlocks().SelectMany(static series => series.Blocks.Select(block => (series.Series, block)));

    private MigrationProgress Progress(string step) => new(step, _points, _from.Points, _documents);
}
