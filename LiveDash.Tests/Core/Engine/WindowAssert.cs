using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Engine;

/// <summary>Compares what windows say, up to the last bits of sums made in another order.</summary>
internal static class WindowAssert
{
    public static void Same(WindowSummary expected, WindowSummary actual)
    {
        Assert.Equal((expected.Count, expected.FirstTime, expected.LastTime), (actual.Count, actual.FirstTime, actual.LastTime));
        Assert.Equal((expected.Min, expected.Max, expected.First, expected.Last), (actual.Min, actual.Max, actual.First, actual.Last));
        Assert.Equal(expected.Sum, actual.Sum, 1e-9);
        Assert.Equal(expected.Std, actual.Std, 1e-9);
        Assert.Equal(expected.Rate, actual.Rate, 1e-9);
        Assert.Equal(expected.Slope, actual.Slope, 1e-9);
    }
}
