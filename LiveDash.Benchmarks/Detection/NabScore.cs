namespace LiveDash.Benchmarks.Detection;

/// <summary>The benchmark's score of rows taken for anomalies: 100 for every window found at its left edge without a false alarm, 0 for silence.</summary>
/// <param name="Name">The profile.</param>
/// <param name="Missed">What a missed window costs.</param>
/// <param name="False">What a false alarm costs.</param>
internal sealed record NabScore(string Name, double Missed, double False)
{
    /// <summary>The three profiles of the benchmark.</summary>
    public static IReadOnlyList<NabScore> Profiles { get; } = [new("standard", 1, 0.11), new("low_FP", 1, 0.22), new("low_FN", 2, 0.11)];

    /// <summary>What is gained in one file, how many windows were found and how many rows were false.</summary>
    public (double Gain, int Found, int FalseRows) Of(NabFile file, bool[] alarms)
    {
        var best = new Dictionary<int, double>();
        var (gain, rows) = (0.0, 0);
        for (var row = 0; row < alarms.Length; row++)
        {
            if (file.Rows[row] is not { } place) continue;
            if (place.Window < 0)
            {
                if (!alarms[row]) continue;
                gain += place.Worth * False;
                rows++;
            }
            else
            {
                best.TryAdd(place.Window, -Missed);
                if (alarms[row]) best[place.Window] = Math.Max(best[place.Window], place.Worth);
            }
        }

        return (gain + best.Values.Sum(), best.Values.Count(worth => worth > -Missed), rows);
    }

    /// <summary>The score over files, on the scale of 0 to 100.</summary>
    public double Of(IReadOnlyList<(NabFile File, bool[] Alarms)> all)
    {
        var gain = all.Sum(one => Of(one.File, one.Alarms).Gain);
        // A window that lies in the probation wholly can be neither found nor missed, and still is one of the perfect score.
        var judged = all.Sum(static one => one.File.Rows.Where(static row => row is { Window: >= 0 }).Select(static row => row!.Value.Window).Distinct().Count());
        var silent = -Missed * judged;
        return 100 * (gain - silent) / (all.Sum(static one => one.File.Windows) - silent);
    }
}
