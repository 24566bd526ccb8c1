using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>The embedded store without the rest of the program.</summary>
internal sealed class ProofStore : IAsyncDisposable
{
    // The first event time of every sender of a proof.
    private static readonly long s_origin = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000).UtcTicks;

    private readonly StoreEngine _engine;

    private ProofStore(StoreEngine engine, SeriesCatalog catalog)
    {
        (_engine, Catalog) = (engine, catalog);
        Points = new BlockPointStore(engine);
        Documents = new BlockDocumentStore(engine);
    }

    /// <summary>The series.</summary>
    public SeriesCatalog Catalog { get; }

    /// <summary>The points.</summary>
    public IPointStore Points { get; }

    /// <summary>The documents.</summary>
    public IDocumentStore Documents { get; }

    /// <summary>One over a directory, not opened yet.</summary>
    public static ProofStore At(string directory, int sealPoints)
    {
        var options = new StorageOptions { DataDirectory = directory, BallastBytes = 0, ReserveBytes = 0, SealPoints = sealPoints };
        var catalog = new SeriesCatalog(new Limits());
        return new ProofStore(new StoreEngine(new SqliteDatabase(options, TimeProvider.System), options, catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance), catalog);
    }

    /// <summary>A series by its name.</summary>
    public int Series(string name) => Catalog.TryIntern(new SeriesKey(name), out var series) ? series : throw new InvalidOperationException("Too many series.");

    /// <summary>Keeps points of a sender, numbered from the first on.</summary>
    public async Task AppendAsync(int series, long first, int count)
    {
        var batch = PointBatch.Rent();
        try
        {
            for (var i = first; i < first + count; i++) batch.Add(series, s_origin + (i * TimeSpan.TicksPerMillisecond), i, double.NaN, double.NaN, i.ToString(CultureInfo.InvariantCulture));
            await Points.AppendAsync(batch, default);
        }
        finally
        {
            batch.Release();
        }
    }

    /// <summary>Seals what is in memory.</summary>
    public Task SealAsync() => _engine.Keeper.SealAsync();

    /// <summary>The values of a sender's points in the order in which they arrived, and how many stand at another time than they should.</summary>
    public async Task<(List<long> Values, long Wrong)> ReadAsync(int sender)
    {
        var found = new List<(long Id, long Value)>();
        long wrong = 0;
        if (!Catalog.TryFind(string.Create(CultureInfo.InvariantCulture, $"proof.{sender}"), out var series)) return ([], 0);
        await foreach (var block in Points.ScanAsync(new PointQuery { Series = [series] }, default))
        {
            for (var i = 0; i < block.Count; i++)
            {
                var value = (long)block.Values.Span[i];
                if (block.Times.Span[i] != s_origin + (value * TimeSpan.TicksPerMillisecond)) wrong++;
                found.Add((block.Ids.Span[i], value));
            }
        }

        found.Sort();
        return ([.. found.Select(static one => one.Value)], wrong);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Points.DisposeAsync();
}
