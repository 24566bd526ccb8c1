using FsCheck;
using FsCheck.Fluent;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class WindowProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Moments_Merge_AssociativeAndSameAsTheWhole() => Check<int[]>(numbers =>
    {
        var values = numbers.Select(n => n * 0.37).ToArray();
        var (a, b) = (values.Length / 3, values.Length * 2 / 3);
        var whole = LeafMath.Sum(values, 1.5, 1);
        var (x, y, z) = (LeafMath.Sum(values.AsSpan(0, a), 1.5, 1), LeafMath.Sum(values.AsSpan(a, b - a), 1.5, 1), LeafMath.Sum(values.AsSpan(b), 1.5, 1));
        var (left, right, tail) = (x, x, y);
        left.Merge(y);
        left.Merge(z);
        tail.Merge(z);
        right.Merge(tail);
        var size = values.Sum(Math.Abs) + values.Length;
        return Near(left, right, size) && Near(left, whole, size);
    });

    [Fact]
    public void Moments_ShiftedThereAndBack_Same() => Check<int[]>(numbers =>
    {
        var values = numbers.Select(n => n * 0.37).ToArray();
        var sums = LeafMath.Sum(values, 2, 1);
        var moved = LeafMath.Sum(values, -5, 1);
        return Near(sums.Shifted(values.Length, 7), moved, values.Sum(Math.Abs) + (10 * values.Length));
    });

    [Fact]
    public void CountWindow_AddAndEvict_SameAsRecomputeOfTheRest() => Check<(int Size, int[] Values)>(input =>
    {
        var size = (Math.Abs(input.Size) % 200) + 1;
        var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
        for (var i = 0; i < input.Values.Length; i++) window.Add(i, input.Values[i]);
        var kept = input.Values.TakeLast(size).Select(static v => (double)v).ToArray();
        if (kept.Length == 0) return window.Count == 0;
        var basics = window.Basics();
        return basics.Count == kept.Length && basics.Min == kept.Min() && basics.Max == kept.Max()
            && Math.Abs(basics.Mean - kept.Average()) <= 1e-9 * (1 + kept.Max(Math.Abs));
    });

    [Theory]
    [InlineData("5")]
    [InlineData("70")]
    [InlineData("10ms")]
    [InlineData("tumbling 20ms")]
    [InlineData("hopping 20ms/5ms")]
    [InlineData("session 1ms")]
    public void AddRange_SplitAnywhere_SameWindow(string spec) => Check<(int Cut, int[] Moves)>(input =>
    {
        // Four times over, so that batches run across leaves.
        var moves = input.Moves.Concat(input.Moves).Concat(input.Moves).Concat(input.Moves).ToArray();
        var times = new long[moves.Length];
        var values = new double[moves.Length];
        var clock = TimeSpan.TicksPerDay;
        for (var i = 0; i < times.Length; i++)
        {
            clock += Math.Max(0, moves[i]) * 1000L;
            times[i] = clock + (Math.Min(0, moves[i]) * 100_000L);
            values[i] = moves[i];
        }

        var cut = times.Length == 0 ? 0 : Math.Abs(input.Cut % times.Length);
        var (whole, split) = (SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default), SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default));
        whole.AddRange(times, values);
        split.AddRange(times.AsSpan(0, cut), values.AsSpan(0, cut));
        split.Basics();
        split.AddRange(times.AsSpan(cut), values.AsSpan(cut));
        var (a, b) = (whole.Summarize(), split.Summarize());
        // Sums of whole numbers are exact whatever the order; what is divided may differ in the last bits.
        return (a.Count, a.Sum, a.Min, a.Max).Equals((b.Count, b.Sum, b.Min, b.Max))
            && (a.First, a.Last, a.FirstTime, a.LastTime).Equals((b.First, b.Last, b.FirstTime, b.LastTime))
            && whole.LateCount == split.LateCount && !(Math.Abs(a.Mean - b.Mean) > 1e-9) && !(Math.Abs(a.Std - b.Std) > 1e-9);
    });

    [Fact]
    public void SortedBlocks_AnyAddsAndRemoves_SameAsSortedList() => Check<int[]>(moves =>
    {
        var blocks = new SortedBlocks();
        var list = new List<double>();
        foreach (var move in moves.Concat(moves).Concat(moves))
        {
            if (move < 0 && list.Count > 0)
            {
                blocks.Remove(list[-move % list.Count]);
                list.RemoveAt(-move % list.Count);
            }
            else
            {
                blocks.Add(move % 10);
                list.Add(move % 10);
                list.Sort();
            }
        }

        return blocks.Count == list.Count && list.Select((value, rank) => blocks[rank] == value).All(same => same);
    });

    private static void Check<T>(Func<T, bool> property) => FsCheck.Check.One(Thorough, Prop.ForAll(ArbMap.Default.ArbFor<T>(), property));

    private static bool Near(in Moments a, in Moments b, double size) =>
        Math.Abs(a.S1 - b.S1) <= 1e-12 * size && Math.Abs(a.S2 - b.S2) <= 1e-12 * size * size && a.Min == b.Min && a.Max == b.Max;
}
