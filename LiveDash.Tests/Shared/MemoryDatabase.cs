using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Shared;

/// <summary>The plainest database a store can have, and one that fails on demand. Thread-safe.</summary>
internal sealed class MemoryDatabase(MemoryDisk disk) : IBlockDatabase
{
    private readonly Lock _gate = new();

    /// <summary>After so many more writes all fail, as if the process had died.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    public bool IsFull { get; set; }

    public bool IsBroken { get; set; }

    public int BodiesRead { get; private set; }

    public string Engine => "memory";

    public string Place => "memory";

    public IReadOnlyList<StoreFact> Facts => [];

    public void Open(StoreContents contents)
    {
        contents.Clear();
        for (var i = 0; i < disk.Series.Count; i++) contents.AddSeries(i, disk.Series[i].Name, SeriesText.Tags(disk.Series[i]));
        contents.RaiseLastId(disk.LastId);
        foreach (var (series, header, body) in disk.Blocks.Values) contents.AddBlock(series, header.Points, body.Length, header);
        contents.EndBlocks();
        foreach (var (firstId, points, body) in disk.Log) contents.AddLog(firstId, points, body);
    }

    public void WriteLog(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries)
    {
        var copy = body.ToArray();
        Write(() =>
        {
            disk.Series.AddRange(newSeries);
            disk.Log.Add((firstId, points, copy));
        });
    }

    public void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId)
    {
        var copy = bodies.ToArray();
        Write(() =>
        {
            var at = 0;
            foreach (var change in changes)
            {
                foreach (var merged in change.Merged) disk.Blocks.Remove(merged.Id);
                foreach (var block in change.Blocks)
                {
                    disk.Blocks.Add(block.Id, (change.Series, block, copy[at..(at + block.Bytes)]));
                    at += block.Bytes;
                }
            }

            disk.Log.RemoveAll(row => row.FirstId <= lastId);
            disk.LastId = lastId;
        });
    }

    public void DeleteBlocks(IReadOnlyList<BlockHeader> blocks) => Write(
        () =>
        {
            foreach (var block in blocks) disk.Blocks.Remove(block.Id);
        },
        frees: true);

    public void WriteDocuments(IReadOnlyList<DocumentChange> changes) => Write(
        () =>
        {
            foreach (var change in changes)
            {
                if (change.Body is null) disk.Documents.Remove((change.Kind, change.Id));
                else disk.Documents[(change.Kind, change.Id)] = change.Body;
            }
        },
        frees: changes.All(static change => change.Body is null));

    public void Probe() => Write(static () => { });

    public void Settle(bool freed)
    {
    }

    public void Compact()
    {
    }

    public bool TryMakeRoom(ChangeKind kind) => false;

    public StoreFault? Judge(Exception failure) => failure switch
    {
        IOException { Message: "full" } => new StoreFault(StoreFaultKind.Full, "The disk is full."),
        IOException => new StoreFault(StoreFaultKind.Broken, "Writing failed; restart."),
        _ => null,
    };

    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        lock (_gate)
        {
            if (!disk.Blocks.TryGetValue(block.Id, out var found)) return false;
            BodiesRead++;
            found.Body.CopyTo(into);
            return true;
        }
    }

    public Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(disk.Documents.GetValueOrDefault((kind, id)));
    }

    public Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(disk.Documents.Where(d => d.Key.Kind == kind).Select(static d => new Document(d.Key.Kind, d.Key.Id, d.Value)).ToList());
    }

    public IReadOnlyList<string> DocumentKinds()
    {
        lock (_gate) return [.. disk.Documents.Keys.Select(static key => key.Kind).Distinct()];
    }

    public StoreSize Measure()
    {
        lock (_gate)
        {
            var bytes = disk.Blocks.Values.Sum(static b => (long)b.Body.Length) + disk.Log.Sum(static l => (long)l.Body.Length);
            return new StoreSize(bytes, bytes, 1L << 40);
        }
    }

    public void Tend(StoreState state, StoreSize size)
    {
    }

    public bool MayHaveRoom(StoreSize size) => true;

    public void Dispose()
    {
    }

    private void Write(Action change, bool frees = false)
    {
        lock (_gate)
        {
            if (WritesLeft-- <= 0) throw new IOException("cut off");
            if (IsBroken) throw new IOException("broken");
            if (IsFull && !frees) throw new IOException("full");
            change();
        }
    }
}
