using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Windows;

/// <summary>The oracle: keeps every point that counted, sorts, filters and recomputes everything at every question.</summary>
internal sealed class PlainWindow(WindowSpec spec, TimeSpan lateness)
{
    private readonly List<(long Time, double Value)> _points = [];
    private long _newest = long.MinValue;
    private long _told = long.MinValue;

    public long Late { get; private set; }

    public long Now => Math.Max(Math.Max(_newest, _told), 0);

    public void Add(long time, double value)
    {
        if (_newest != long.MinValue && time < _newest && _newest - time > lateness.Ticks)
        {
            Late++;
            return;
        }

        _newest = Math.Max(_newest, time);
        _told = long.MinValue;
        _points.Add((time, value));
    }

    public void AdvanceTo(long now)
    {
        if (now > _newest) _told = Math.Max(_told, now);
    }

    public List<(long Time, double Value)> Points()
    {
        // OrderBy is stable, so equal times stay in order of arrival.
        var sorted = _points.OrderBy(p => p.Time).ToList();
        var now = Now;
        var size = spec.Size.Ticks;
        switch (spec.Kind)
        {
            case WindowKind.Count: return sorted.TakeLast(spec.Points).ToList();
            case WindowKind.Time: return sorted.Where(p => p.Time > now - size).ToList();
            case WindowKind.Tumbling: return sorted.Where(p => p.Time / size == now / size).ToList();
            case WindowKind.Hopping:
                var end = ((now / spec.Hop.Ticks) + 1) * spec.Hop.Ticks;
                return sorted.Where(p => p.Time >= end - size && p.Time < end).ToList();
            default:
                if (sorted.Count == 0 || now - sorted[^1].Time > size) return [];
                var start = sorted.Count - 1;
                while (start > 0 && sorted[start].Time - sorted[start - 1].Time <= size) start--;
                return sorted[start..];
        }
    }

    public static void AssertSame(List<(long Time, double Value)> points, WindowSummary actual, string where)
    {
        Assert.True(points.Count == actual.Count, $"{where}: {points.Count} points expected, {actual.Count} counted");
        if (points.Count == 0)
        {
            Assert.Equal(WindowSummary.Empty, actual);
            return;
        }

        var values = points.Select(p => p.Value).ToArray();
        var size = values.Average(Math.Abs);
        var mean = values.Sum() / values.Length;
        var variance = values.Sum(v => (v - mean) * (v - mean)) / values.Length;
        Close(mean, actual.Mean, size, where + " mean");
        Close(values.Sum(), actual.Sum, size * values.Length, where + " sum");
        Close(Math.Sqrt(variance), actual.Std, Math.Sqrt(variance) + (size * 1e-6), where + " std");
        Assert.Equal(values.Min(), actual.Min);
        Assert.Equal(values.Max(), actual.Max);
        Assert.Equal(values[0], actual.First);
        Assert.Equal(values[^1], actual.Last);
        Assert.Equal(points[0].Time, actual.FirstTime);
        Assert.Equal(points[^1].Time, actual.LastTime);
        var seconds = (points[^1].Time - points[0].Time) * 1e-7;
        if (seconds == 0)
        {
            Assert.True(double.IsNaN(actual.Rate) && double.IsNaN(actual.Slope), where + " rate and slope of one moment");
            return;
        }

        var increase = 0.0;
        for (var i = 1; i < values.Length; i++) increase += values[i] >= values[i - 1] ? values[i] - values[i - 1] : values[i];
        Close(increase / seconds, actual.Rate, size * values.Length / seconds, where + " rate");
        var middle = points.Average(p => (p.Time - points[0].Time) * 1e-7);
        var spread = points.Sum(p => Math.Pow(((p.Time - points[0].Time) * 1e-7) - middle, 2));
        var slope = points.Sum(p => (((p.Time - points[0].Time) * 1e-7) - middle) * (p.Value - mean)) / spread;
        Close(slope, actual.Slope, Math.Sqrt(variance * values.Length / spread) + (size * 1e-6 / seconds), where + " slope");
    }

    public static void Close(double expected, double actual, double size, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(size, 1e-300), $"{what}: {expected:R} expected, {actual:R} came");
}
