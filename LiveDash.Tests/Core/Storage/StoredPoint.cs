using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>One point as a test writes it down.</summary>
internal sealed record StoredPoint(int Series, long Ticks, double Value, double X = double.NaN, double Y = double.NaN, string? SenderId = null)
{
    public long Id { get; init; }

    public static IEnumerable<StoredPoint> Of(PointBlock block)
    {
        Assert.True(block.Count > 0);
        for (var i = 0; i < block.Count; i++)
        {
            var located = !block.X.IsEmpty;
            yield return new StoredPoint(
                block.Series.Span[i], block.Times.Span[i], block.Values.Span[i],
                located ? block.X.Span[i] : double.NaN, located ? block.Y.Span[i] : double.NaN) { Id = block.Ids.Span[i] };
        }
    }
}
