using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>What surrounds the evidences: counters, late points, clocks, sensitivities.</summary>
public sealed class DetectorCaseTests
{
    private const long Minute = TimeSpan.TicksPerMinute;
    private static readonly long s_monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Push_Counter_IsJudgedByItsRateAndARestartIsNone()
    {
        var detector = new AnomalyDetector();
        var random = new Random(1);
        var (count, alarms) = (0.0, new List<int>());
        for (var i = 0; i < 3_000; i++)
        {
            count = i == 1_500 ? 0 : count + (300 * (10 + random.NextDouble())) + (i == 2_500 ? 300 * 40 : 0);
            if (detector.Push(s_monday + (i * 5 * Minute), count) >= AnomalyDetector.Anomalous) alarms.Add(i);
        }

        Assert.True(detector.IsCounter);
        Assert.Equal([2_500], alarms.Take(1));
        Assert.InRange(detector.Last.Mean, 10, 11);
    }

    [Fact]
    public void Push_GaugeThatOnlyRoseAtFirst_IsAGaugeAgain()
    {
        var detector = new AnomalyDetector();
        for (var i = 0; i < 150; i++) detector.Push(s_monday + (i * 5 * Minute), i);
        Assert.True(detector.IsCounter);
        for (var i = 150; i < 200; i++) detector.Push(s_monday + (i * 5 * Minute), 150 - (i % 10));

        Assert.False(detector.IsCounter);
    }

    [Fact]
    public void Push_LateWithinWhatIsAllowed_ScoresAsIfInOrder()
    {
        var random = new Random(2);
        var points = Enumerable.Range(0, 400 * 60).Select(i => (At: s_monday + (i * 5 * TimeSpan.TicksPerSecond), Value: 10 + random.NextDouble())).ToList();
        var ordered = Trace(points);
        // Up to half a minute late, in any order.
        var shuffled = points.OrderBy(point => point.At + random.NextInt64(25 * TimeSpan.TicksPerSecond)).ToList();

        Assert.NotEqual(points, shuffled);
        Assert.Equal(ordered, Trace(shuffled));
    }

    [Fact]
    public void Push_Sensitivities_AreOrderedAndShareOneState()
    {
        var detector = new AnomalyDetector();
        var random = new Random(3);
        var counts = new int[3];
        for (var i = 0; i < 30_000; i++)
        {
            detector.Push(s_monday + (i * 5 * Minute), -Math.Log(1 - random.NextDouble()));
            for (var one = 0; one < 3; one++)
            {
                if (detector.ScoreAt((Sensitivity)one) >= AnomalyDetector.Anomalous) counts[one]++;
            }
        }

        Assert.True(counts[0] <= counts[1] && counts[1] <= counts[2] && counts[2] > counts[0], string.Join(' ', counts));
    }

    [Fact]
    public void HourOfWeek_Holiday_IsSunday()
    {
        var clock = new LocalClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new HashSet<DateOnly> { new(1, 12, 25), new(2026, 1, 6) });

        Assert.Equal(24 + 13, clock.HourOfWeek(new DateTime(2026, 1, 5, 12, 0, 0, DateTimeKind.Utc).Ticks));
        Assert.Equal(13, clock.HourOfWeek(new DateTime(2026, 1, 6, 12, 0, 0, DateTimeKind.Utc).Ticks));
        Assert.Equal(14, clock.HourOfWeek(new DateTime(2026, 12, 25, 13, 30, 0, DateTimeKind.Utc).Ticks));
    }

    [Fact]
    public void Push_ValueOfTheNightByDay_SaysNotAtThisHour()
    {
        var detector = new AnomalyDetector();
        var random = new Random(4);
        var said = new List<string>();
        for (var i = 0; i < 288 * 30; i++)
        {
            var isDay = i % 288 is >= 96 and < 216;
            // On the last day it is as at night from two o'clock on.
            var value = (isDay && i < (288 * 29) + 168 ? 100 : 10) + random.NextDouble();
            if (detector.Push(s_monday + (i * 5 * Minute), value) >= AnomalyDetector.Anomalous) said.Add(EvidenceWords.Say(detector));
        }

        Assert.Contains(said, static words => words.StartsWith("not at this hour: usually about 100", StringComparison.Ordinal));
    }

    [Fact]
    public void Push_MorningThatDoesNotCome_GrowsStrangeThoughNothingMoves()
    {
        var detector = new AnomalyDetector();
        var random = new Random(4);
        var (first, words) = (-1, "");
        var scores = new List<double>();
        for (var i = 0; i < 288 * 30; i++)
        {
            // On the last day it stays as it is at night from eight o'clock on: no step, no new value, nothing but the hour.
            var isDay = i % 288 is >= 96 and < 216 && i < 288 * 29;
            var score = detector.Push(s_monday + (i * 5 * Minute), (isDay ? 100 : 10) + random.NextDouble());
            if (i < (288 * 29) + 96) continue;
            scores.Add(score);
            if (score >= AnomalyDetector.Anomalous && first < 0) (first, words) = (scores.Count - 1, EvidenceWords.Say(detector));
        }

        Assert.InRange(first, 1, 24);
        Assert.StartsWith("not at this hour: usually about ", words, StringComparison.Ordinal);
        Assert.InRange(scores[0], 0.05, 0.95);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Push_TheSamePointsWithReadersInBetween_ScoresTheSame(int every)
    {
        var random = new Random(7);
        var points = Enumerable.Range(0, 2_500).Select(i => (At: s_monday + (i * 100 * TimeSpan.TicksPerSecond), Value: (i % 40) + random.NextDouble())).ToList();
        var detector = new AnomalyDetector(lateness: TimeSpan.FromSeconds(30));
        var trace = new AnomalyTrace(5 * Minute, 1_000);
        detector.Listener = trace;
        for (var i = 0; i < points.Count; i++)
        {
            detector.Push(points[i].At, points[i].Value);
            // What asks between two batches changes nothing.
            if (i % every == 0) _ = (detector.Score, detector.Evidence, detector.LearnsFor, detector.AlarmAt(Sensitivity.High), AnomalyReading.Of(detector));
        }

        Assert.Equal(Trace(points), trace.Since(0));
    }

    [Fact]
    public void Last_DailySeries_IsExpectedWhereItComes()
    {
        var detector = new AnomalyDetector();
        var random = new Random(5);
        var (within, width) = (0, 0.0);
        for (var i = 0; i < 288 * 21; i++)
        {
            detector.Push(s_monday + (i * 5 * Minute), 100 + (20 * Math.Sin(2 * Math.PI * i / 288)) + random.NextDouble());
            if (i < 288 * 14) continue;
            var last = detector.Last;
            width += (last.High - last.Low) / (288 * 7);
            if (last.Mean >= last.Low && last.Mean <= last.High) within++;
        }

        Assert.InRange(within / (288.0 * 7), 0.97, 1);
        Assert.InRange(width, 1, 40);
    }

    [Theory]
    [InlineData("Mars/Olympus", null, "Zone")]
    [InlineData("UTC", "13-40", "Holidays")]
    public void TryRead_SettingThatCannotBeMeant_IsNamed(string zone, string? holiday, string setting)
    {
        var options = new DetectionOptions { Zone = zone, Holidays = holiday is null ? [] : [holiday] };

        Assert.False(options.TryRead(out _, out var fault));
        Assert.Contains(setting, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void WatchSeries_ByDefault_IsTwentyThousand() => Assert.Equal(20_000, new DetectionOptions().WatchSeries);

    private static List<JudgedBar> Trace(IEnumerable<(long At, double Value)> points)
    {
        var detector = new AnomalyDetector(lateness: TimeSpan.FromSeconds(30));
        var trace = new AnomalyTrace(5 * Minute, 1_000);
        detector.Listener = trace;
        foreach (var (at, value) in points) detector.Push(at, value);
        return trace.Since(0);
    }
}
