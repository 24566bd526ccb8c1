using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public sealed class SummaryRollTests
{
    [Fact]
    public void Of_SummariesOfSummariesInAnyParts_AreThoseOfThePoints()
    {
        var random = new Random(18);
        for (var round = 0; round < 200; round++)
        {
            var points = new PointColumns();
            for (var i = random.Next(1, 300); i > 0; i--) points.Add(1_000_000 + random.Next(2_000), points.Count + 1, random.Next(-1_000, 1_000) / 4.0, random.Next(2) == 0 ? double.NaN : 1, 2, 0);
            var (fine, whole) = (new PointColumns(), new PointColumns());
            var sorted = points.View.ToSorted();
            // As blocks come: cut anywhere, each rolled up by itself.
            for (var at = 0; at < sorted.Count;)
            {
                var part = new PointColumns();
                for (var i = random.Next(1, 80); i > 0 && at < sorted.Count; i--, at++) part.Add(sorted.Times[at], sorted.Ids[at], sorted.Values[at], sorted.X is null ? double.NaN : sorted.X[at], sorted.Y is null ? double.NaN : sorted.Y[at], 0);
                fine.Add(SummaryRoll.Of(part.View, 10).View);
            }

            whole.Add(SummaryRoll.Of(sorted, 100).View);
            Check(whole.View, SummaryRoll.Of(fine.View.ToSorted(), 100).View);
            CheckByHand(sorted, whole.View);
        }
    }

    [Fact]
    public void Encode_RowsWithAndWithoutSummaries_ComeBack()
    {
        var rows = new PointColumns();
        for (var i = 0; i < 1_500; i++)
        {
            rows.Add(i, i + 1, i / 10.0, double.NaN, double.NaN, 0);
            if (i is >= 600 and < 900) rows.Summarize(-i, i, i * 3, 7);
        }

        var (body, scratch) = (new BlobWriter(), new BlobWriter());
        var header = BlockCodec.Encode(rows.View, 0, rows.Count, body, scratch) with { Step = 600_000_000 };
        Assert.Equal((false, 600_000_000), BlockHeader.OfMarks(header.Marks));
        var read = new PointColumns();
        Assert.True(new BlockSource(new ToldBodies(body.Written.ToArray(), false), static (_, _, why) => Assert.Fail(why)).TryReadAll(0, header, read));
        Check(rows.View, read.View);
    }

    private static void CheckByHand(PointView points, PointView rows)
    {
        var expected = Enumerable.Range(0, points.Count).GroupBy(i => points.Times[i] / 100).Select(group => (
            points.Times[group.Last()], points.Ids[group.Last()], points.Values[group.Last()], group.Min(i => points.Values[i]), group.Max(i => points.Values[i]), group.Sum(i => points.Values[i]), (double)group.Count()));
        var summaries = rows.Summaries!;
        Assert.Equal(expected, Enumerable.Range(0, rows.Count).Select(i => (rows.Times[i], rows.Ids[i], rows.Values[i], summaries.Min[i], summaries.Max[i], summaries.Sum[i], summaries.Count[i])));
    }

    private static void Check(PointView expected, PointView found)
    {
        Assert.Equal(expected.Count, found.Count);
        Assert.Equal(Of(expected), Of(found));
    }

    private static IEnumerable<(long, long, double, double, double, double, double, double)> Of(PointView rows) => Enumerable.Range(0, rows.Count).Select(i => (
        rows.Times[i], rows.Ids[i], rows.Values[i], rows.X is null ? double.NaN : rows.X[i], rows.Summaries!.Min[i], rows.Summaries.Max[i], rows.Summaries.Sum[i], rows.Summaries.Count[i]));
}
