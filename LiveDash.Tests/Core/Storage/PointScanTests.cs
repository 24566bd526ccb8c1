using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public class PointScanTests
{
    [Theory]
    [InlineData(1, 512)]
    [InlineData(128, 512)]
    [InlineData(1_000, 65)]
    [InlineData(50_000, 16)]
    public void HeadGroup_ManySeries_KeepsWhatOneScanHoldsBounded(int series, int group) => Assert.Equal(group, PointScan.HeadGroup(series));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fill_ManyBlocks_OnlyADatabaseFarAwayIsToldOfThemBefore(bool readsAhead)
    {
        var (points, writer) = (new PointColumns(), new BlobWriter());
        for (var i = 0; i < 10; i++) points.Add(i, i + 1, i, double.NaN, double.NaN, 0);
        var header = BlockCodec.Encode(points.View, 0, 10, writer, new BlobWriter());
        var bodies = new ToldBodies(writer.Written.ToArray(), readsAhead);
        var source = new BlockSource(bodies, static (_, _, why) => Assert.Fail(why));
        var filter = new ScanFilter(new PointQuery { Series = [0, 1, 2] }, long.MaxValue);
        using var merge = new PointMerge(descending: false, source.ReadsAhead);
        for (var series = 0; series < 3; series++)
        {
            merge.Add(new BlockLane(new SeriesSnapshot(series, [.. Enumerable.Range(1, 8).Select(i => header with { Id = (series * 8) + i })], null), filter, source));
        }

        using var output = new ScanOutput();
        Assert.True(merge.Fill(output, long.MaxValue));

        Assert.Equal(240, output.Count);
        Assert.Equal(readsAhead, bodies.Told > 0);
    }

    [Fact]
    public async Task Run_ABlockMissingForGoodBehindOthers_IsToldAndLeftOut()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var source = new HoledSource();
        var counts = new List<int>();

        await foreach (var block in PointScan.RunAsync(source, new PointQuery { Series = [0] }, limit.Token)) counts.Add(block.Count);

        Assert.Equal([10], counts);
        Assert.Equal("its row is missing", Assert.Single(source.Damages));
        Assert.Equal(1, source.Holds);
    }

    /// <summary>Two blocks of one series, of which the second is in the index alone.</summary>
    private sealed class HoledSource : IScanSource, IBlockBodies, IDisposable
    {
        private readonly byte[] _body;
        private readonly BlockHeader _header;

        public HoledSource()
        {
            var (points, writer) = (new PointColumns(), new BlobWriter());
            for (var i = 0; i < 10; i++) points.Add(i, i + 1, i, double.NaN, double.NaN, 0);
            _header = BlockCodec.Encode(points.View, 0, 10, writer, new BlobWriter()) with { Id = 1 };
            _body = writer.Written.ToArray();
            Blocks = new BlockSource(this, (_, _, why) => Damages.Add(why));
        }

        public List<string> Damages { get; } = [];

        public int Holds { get; private set; }

        public BlockSource Blocks { get; }

        public long LastId => long.MaxValue;

        public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
        {
            if (block.Id != 1) return false;
            _body.CopyTo(into);
            return true;
        }

        public IDisposable BeginScan() => this;

        public List<SeriesSnapshot> Snapshot(IReadOnlyList<int> series) => [new SeriesSnapshot(0, [_header, _header with { Id = 2, MinTime = 100, MaxTime = 109 }], null)];

        public Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
        {
            Holds++;
            return Task.FromResult<IDisposable>(this);
        }

        public void Dispose()
        {
        }
    }
}
