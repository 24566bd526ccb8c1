using System.Collections.Concurrent;
using System.Globalization;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// The means of a fleet, by which each of its series is told from the others: the distance from their median in robust standard deviations (1.4826 MAD; Iglewicz
/// and Hoaglin 1993), with a floor of a thousandth of the median, so that peers that agree to the last digit do not make an outlier of the next one; nothing is told before they were seen for twelve windows. Each
/// series' shard tells its own mean; median and spread are found anew once a second. All members are thread-safe.
/// </summary>
public sealed class PeerGroup(TimeSpan window)
{
    /// <summary>Fewer than these have no majority that could be right.</summary>
    public const int Least = 5;

    // The spread of a few means at one moment may be small by chance, so it counts no less than its mean over about an hour.
    private const double SpreadRate = 0.0003;
    private const int LearnsWindows = 12;
    private static readonly long s_stale = 2 * TimeSpan.TicksPerMinute;
    private static readonly TimeSpan s_least = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<int, (double Mean, long At)> _means = new();
    private readonly Lock _gate = new();
    private long _foundAt = long.MinValue;
    private double _median = double.NaN;
    private double _spread = double.NaN;
    private int _count;
    private long _since = long.MaxValue;
    private long _finds;
    private double _usualSpread;

    /// <summary>How far a series is from its peers; NaN where there are too few of them.</summary>
    /// <param name="series">The series.</param>
    /// <param name="mean">Its mean now.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public double Distance(int series, double mean, long now)
    {
        _means[series] = (mean, now);
        lock (_gate)
        {
            if (now - _foundAt >= TimeSpan.TicksPerSecond || now < _foundAt || _count < Least) Find(now);
            if (_count < Least || now - _since < LearnsWindows * Math.Max(window.Ticks, s_least.Ticks)) return double.NaN;
            var floor = Math.Max(1e-3 * Math.Abs(_median), 1e-9);
            return Math.Abs(mean - _median) / Math.Max(Math.Max(_spread, _usualSpread), floor);
        }
    }

    /// <summary>A series is not compared any more.</summary>
    public void Leave(int series) => _means.TryRemove(series, out _);

    /// <summary>Where a mean lies beside the others', in words.</summary>
    public string Say(double mean)
    {
        lock (_gate)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{mean:G4}, while its {_count - 1} peers are about {_median:G4} (± {Math.Max(_spread, _usualSpread):G2})");
        }
    }

    private void Find(long now)
    {
        _foundAt = now;
        // What was told long ago, or in a future that was taken back, says nothing of now.
        var means = _means.Values.Where(one => Math.Abs(now - one.At) <= s_stale).Select(static one => one.Mean).ToArray();
        _count = means.Length;
        if (_count == 0) return;
        _median = MedianOf(means);
        for (var i = 0; i < means.Length; i++) means[i] = Math.Abs(means[i] - _median);
        _spread = 1.4826 * MedianOf(means);
        if (_count < Least) return;
        _since = Math.Min(_since, now);
        _usualSpread += Math.Max(SpreadRate, 1.0 / ++_finds) * (_spread - _usualSpread);
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
