using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class RepeatFilterTests
{
    private readonly RepeatFilter _filter = new(generation: 4);

    [Fact]
    public void Take_PointsWithoutIds_PassHoweverAlike()
    {
        Assert.Equal(2, Take((1, 10, null), (1, 10, null)));
        Assert.Equal(1, Take((1, 10, null)));
    }

    [Fact]
    public void Take_RepeatWithinABatchAndInALaterOne_IsLeftOut()
    {
        Assert.Equal(3, Take((1, 10, "a"), (1, 10, "b"), (1, 10, "a"), (1, 10, null)));
        Assert.Equal(1, Take((1, 10, "b"), (1, 10, null)));
        Assert.Equal(0, Take((1, 10, "a")));
    }

    [Fact]
    public void Take_OtherSeriesOrTimeOfTheSameId_Passes()
    {
        Assert.Equal(3, Take((1, 10, "a"), (2, 10, "a"), (1, 11, "a")));
    }

    [Fact]
    public void Take_NoRepeat_IsTheBatchItselfRetained()
    {
        var batch = Batch((1, 10, "a"));

        var taken = _filter.Take(batch);

        Assert.Same(batch, taken);
        Assert.Equal(2, batch.Owners);
        batch.Release();
        batch.Release();
    }

    [Fact]
    public void Take_SomeRepeats_KeepsTheOthersWholeAndTheirCommit()
    {
        Take((1, 10, "a"));
        var batch = PointBatch.Rent();
        batch.ReceivedAt = 77;
        batch.Add(1, 10, 1.5, senderId: "a");
        batch.Add(3, 12, 2.5, 4, 5, "c");
        batch.Add(4, 13, 3.5);

        var rest = _filter.Take(batch)!;
        batch.CommitId = 9;
        batch.Release();

        Assert.Equal([3, 4], rest.Series.ToArray());
        Assert.Equal([12L, 13L], rest.Times.ToArray());
        Assert.Equal([2.5, 3.5], rest.Values.ToArray());
        Assert.Equal([4, double.NaN], rest.X.ToArray());
        Assert.Equal([5, double.NaN], rest.Y.ToArray());
        Assert.Equal("c|", string.Join("|", rest.SenderIds.ToArray()));
        Assert.Equal((77L, 9L), (rest.ReceivedAt, rest.CommitId));
        rest.Release();
    }

    [Fact]
    public void Take_ManyPoints_RemembersAGenerationAtLeastAndTwoAtMost()
    {
        for (var i = 0; i < 9; i++) Assert.Equal(1, Take((1, i, "a")));
        Assert.Equal(0, Take((1, 8, "a")));
        Assert.Equal(0, Take((1, 5, "a")));
        Assert.Equal(1, Take((1, 0, "a")));
    }

    private int Take(params (int Series, long Ticks, string? Sender)[] points)
    {
        var batch = Batch(points);
        var taken = _filter.Take(batch);
        batch.Release();
        var count = taken?.Count ?? 0;
        taken?.Release();
        return count;
    }

    private static PointBatch Batch(params (int Series, long Ticks, string? Sender)[] points)
    {
        var batch = PointBatch.Rent();
        foreach (var (series, ticks, sender) in points) batch.Add(series, ticks, 1, senderId: sender);
        return batch;
    }
}
