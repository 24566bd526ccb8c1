using LiveDash.Core.Ingestion.Repeats;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class RepeatFilterTests
{
    private readonly MemoryPointStore _store = new();
    private readonly RepeatFilter _filter;

    public RepeatFilterTests() => _filter = new(_store, generation: 4);

    [Fact]
    public async Task SortOut_PointsWithoutIds_PassHoweverAlike()
    {
        Assert.Equal((2, 2, 0), await PassAsync(false, (1, 10, 5, null), (1, 10, 5, null)));
        Assert.Equal((1, 1, 0), await PassAsync(false, (1, 10, 5, null)));
    }

    [Fact]
    public async Task SortOut_RepeatWithinABatchAndInALaterOne_IsLeftOut()
    {
        Assert.Equal((3, 3, 1), await PassAsync(false, (1, 10, 5, "a"), (1, 10, 5, "b"), (1, 10, 6, "a"), (1, 10, 5, null)));
        Assert.Equal((1, 1, 1), await PassAsync(false, (1, 10, 5, "b"), (1, 10, 5, null)));
        Assert.Equal((0, 0, 1), await PassAsync(false, (1, 10, 5, "a")));
    }

    [Fact]
    public async Task SortOut_OtherSeriesTimeOrValue_Passes()
    {
        Assert.Equal((3, 3, 0), await PassAsync(false, (1, 10, 5, "a"), (2, 10, 5, "a"), (1, 11, 5, "a")));
        Assert.Equal((3, 3, 0), await PassAsync(true, (3, 10, 5, null), (3, 10, 6, null), (3, 11, 5, null)));
    }

    [Fact]
    public async Task SortOut_SameValueWhereThatIsARepeat_IsLeftOutHoweverLongAgo()
    {
        Assert.Equal((2, 2, 0), await PassAsync(true, (1, 10, 5, null), (1, 10, -0.0, null)));
        Assert.Equal((0, 0, 2), await PassAsync(true, (1, 10, 5, null), (1, 10, 0.0, null)));
        for (var i = 11; i < 60; i++) await PassAsync(true, (1, i, 5, null));
        Assert.Equal((0, 0, 2), await PassAsync(true, (1, 10, 5, null), (1, 30, 5, null)));
        Assert.Equal((1, 1, 0), await PassAsync(true, (1, 10, 7, null)));
    }

    [Fact]
    public async Task SortOut_NewFilterOverTheSameStore_KnowsWhatWasKept()
    {
        await PassAsync(true, (1, 10, 5, null), (1, 12, 5, null), (2, 10, 1, "id"));
        var restarted = new RepeatFilter(_store, generation: 4);
        Assert.Equal((1, 1, 2), await PassAsync(restarted, true, (1, 10, 5, null), (1, 11, 5, null), (2, 10, 1, "id")));
    }

    [Fact]
    public async Task SortOut_IdWithoutATime_IsKnownByTheIdAlone()
    {
        Assert.Equal((1, 1, 0), await PassAsync(_filter, false, undated: true, (1, 10, 5, "a")));
        Assert.Equal((1, 1, 1), await PassAsync(_filter, false, undated: true, (1, 99, 5, "a"), (1, 99, 5, "b")));
        var restarted = new RepeatFilter(_store, generation: 4);
        Assert.Equal((1, 1, 1), await PassAsync(restarted, false, undated: true, (1, 200, 5, "b"), (2, 200, 5, "b")));
    }

    [Fact]
    public async Task SortOut_WhatTheStoreRefused_IsKeptAtTheNextTryAndNotSeenTwice()
    {
        var batch = Batch(true, false, (1, 10, 5, null), (1, 11, 5, "a"));
        var sorted = await _filter.SortOutAsync(batch);
        _filter.NotKept(batch);
        Assert.Equal((2, 2), (sorted.ForViews!.Count, sorted.ForStore!.Count));
        Assert.Equal((1, 3, 0), await PassAsync(true, (1, 10, 5, null), (1, 11, 5, "a"), (1, 12, 5, null)));
        Assert.Equal((0, 0, 3), await PassAsync(true, (1, 10, 5, null), (1, 11, 5, "a"), (1, 12, 5, null)));
    }

    [Fact]
    public async Task SortOut_KeptBeforeWithAnotherValue_IsTold()
    {
        await PassAsync(false, (1, 10, 5, "f:2"));
        var batch = Batch(false, false, (1, 10, 9, "f:2"));
        var sorted = await _filter.SortOutAsync(batch);
        Assert.Equal((1, 0), (sorted.Repeated, sorted.Replaced.Count));
        Assert.Equal(("f:2", 5d, 9d), (sorted.Told[0].SenderId, sorted.Told[0].Kept, sorted.Told[0].Sent));
    }

    [Fact]
    public async Task SortOut_BatchLargerThanAGeneration_IsTaken()
    {
        var points = Enumerable.Range(0, 1000).Select(static i => (1, (long)i, 1d, (string?)("id" + i))).ToArray();
        Assert.Equal((1000, 1000, 0), await PassAsync(true, points));
        Assert.Equal((0, 0, 1000), await PassAsync(true, points));
    }

    // The plain twin: a set of every key that was ever kept.
    [Fact]
    public async Task SortOut_RandomPoints_AgreesWithASetOfAll()
    {
        var random = new Random(42);
        var all = new HashSet<(int, long, double)>();
        for (var round = 0; round < 400; round++)
        {
            var points = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (random.Next(3), (long)random.Next(120), (double)random.Next(3), (string?)null)).ToArray();
            var fresh = points.Count(point => all.Add((point.Item1, point.Item2, point.Item3)));
            Assert.Equal((fresh, fresh, points.Length - fresh), await PassAsync(true, points));
        }

        Assert.Equal(all.Count, _store.Count);
    }

    private Task<(int Views, int Store, int Repeated)> PassAsync(bool once, params (int Series, long Ticks, double Value, string? Sender)[] points) =>
        PassAsync(_filter, once, undated: false, points);

    private Task<(int Views, int Store, int Repeated)> PassAsync(RepeatFilter filter, bool once, params (int Series, long Ticks, double Value, string? Sender)[] points) =>
        PassAsync(filter, once, undated: false, points);

    private async Task<(int Views, int Store, int Repeated)> PassAsync(
        RepeatFilter filter, bool once, bool undated, params (int Series, long Ticks, double Value, string? Sender)[] points)
    {
        var batch = Batch(once, undated, points);
        var sorted = await filter.SortOutAsync(batch);
        var counts = (sorted.ForViews?.Count ?? 0, sorted.ForStore?.Count ?? 0, sorted.Repeated);
        if (sorted.ForStore is { } store) await _store.AppendAsync(store, default);
        sorted.ForStore?.Release();
        sorted.ForViews?.Release();
        batch.Release();
        return counts;
    }

    private static PointBatch Batch(bool once, bool undated, params (int Series, long Ticks, double Value, string? Sender)[] points)
    {
        var batch = PointBatch.Rent();
        batch.OncePerValue = once;
        foreach (var (series, ticks, value, sender) in points) batch.Add(series, ticks, value, senderId: sender, undated: undated);
        return batch;
    }
}
