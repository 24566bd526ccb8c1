using LiveDash.Core.Engine;

namespace LiveDash.Tests.Core.Engine;

public class LocatedRingTests
{
    [Fact]
    public void CopySince_ReaderTooSlow_TellsHowManyWereLost()
    {
        var ring = new LocatedRing(8);
        for (var i = 0; i < 20; i++) ring.Add(new LocatedPoint(i, i, i));
        var from = 5L;
        var points = new List<LocatedPoint>();

        var lost = ring.CopySince(ref from, points);

        Assert.Equal([16L, 17, 18, 19], points.Select(p => p.Time));
        Assert.Equal((11, 20), (lost, from));
    }

    [Fact]
    public async Task CopySince_WhileWritten_OrderedAndComplete()
    {
        var ring = new LocatedRing(256);
        const int Count = 2_000_000;
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++) ring.Add(new LocatedPoint(i, i, -i));
        });
        var from = 0L;
        long seen = 0, lost = 0, last = -1;
        var points = new List<LocatedPoint>();
        while (seen + lost < Count)
        {
            points.Clear();
            lost += ring.CopySince(ref from, points);
            seen += points.Count;
            foreach (var point in points)
            {
                Assert.True(point.Time > last);
                Assert.Equal((point.Time, -point.Time), ((long)point.X, (long)point.Y));
                last = point.Time;
            }
        }

        await writing;
        Assert.Equal(Count - 1, last);
    }
}
