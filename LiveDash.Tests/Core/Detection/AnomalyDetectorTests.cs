using System.Text.RegularExpressions;
using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

public sealed class AnomalyDetectorTests
{
    private const long Minute = TimeSpan.TicksPerMinute;
    private static readonly long s_monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Push_SpikeInNoise_IsNovelAndNamesTheRange()
    {
        var detector = Fed(Noise(1).Take(1_000));

        Assert.True(detector.Push(At(1_000), 40) >= AnomalyDetector.Anomalous);
        Assert.Equal(EvidenceKind.Novelty, detector.Evidence.Kind);
        Assert.Matches("^seen lately [0-9.]+ to 1[0-9.]+, got 40$", EvidenceWords.Say(detector.Evidence, detector.Bar));
    }

    [Fact]
    public void Say_SeriesWithAUnit_NamesItBehindEachValue()
    {
        var detector = new AnomalyDetector { Unit = "ms" };
        foreach (var (value, i) in Noise(1).Take(1_000).Select(static (value, i) => (value, i))) detector.Push(At(i), value);
        detector.Push(At(1_000), 1_234_567);

        Assert.Matches("^seen lately [0-9.]+ to 1[0-9.]+ ms, got 1,234,567 ms$", EvidenceWords.Say(detector));
    }

    [Fact]
    public void Push_ShiftOfLevel_IsOneAlarmAndThenTheNewNormal()
    {
        var values = Noise(2).Take(1_000).Concat(Noise(3).Take(3_000).Select(static value => value + 30));

        Assert.Single(Alarms(new AnomalyDetector(), values));
    }

    [Fact]
    public void Push_SameValueForHours_IsUnchanged()
    {
        var detector = Fed(Noise(4).Take(1_000));
        var kinds = new List<EvidenceKind>();
        for (var i = 0; i < 120; i++)
        {
            if (detector.Push(At(1_000 + i), 10) >= AnomalyDetector.Anomalous) kinds.Add(detector.Evidence.Kind);
        }

        Assert.Contains(kinds, static kind => kind is EvidenceKind.Unchanged or EvidenceKind.Quiet);
    }

    [Fact]
    public void Push_NoiseGrowsFivefold_IsFound()
    {
        var values = Noise(5).Take(2_000).Concat(Noise(6).Take(200).Select(static value => 10 + (5 * (value - 10))));

        Assert.Contains(Alarms(new AnomalyDetector(), values), static alarm => alarm is >= 2_000 and < 2_100);
    }

    [Theory]
    [InlineData(EvidenceKind.Jump, "^a step of (59|60|61)[0-9.]* V, usually 0[.][0-9]+ V$")]
    [InlineData(EvidenceKind.Unchanged, "^unchanged for [0-9]+ (min|h), longest before [0-9]+ min$")]
    [InlineData(EvidenceKind.Quiet, "^noise fell to [0-9]+ % of the usual$")]
    [InlineData(EvidenceKind.Noisy, "^noise (doubled|tripled|grew to 1[0-9]+ % of the usual)$")]
    [InlineData(EvidenceKind.Level, "^away from what is usual at this hour by [12][0-9.]* V, usually by 0[.][0-9]+ V$")]
    public void Push_TextbookCaseOfAnEvidence_SaysSoInItsUnit(EvidenceKind kind, string words)
    {
        var detector = new AnomalyDetector { Unit = "V" };
        var noise = Noise(40).GetEnumerator();
        var said = new HashSet<(EvidenceKind Kind, string Words)>();
        for (var i = 0; i < 3_200; i++)
        {
            noise.MoveNext();
            var (normal, isEvent) = (noise.Current - 10, i >= 3_000);
            var value = kind switch
            {
                // A slow ramp, and a step back to where it was days before.
                EvidenceKind.Jump => (0.05 * i) + (0.3 * normal) - (isEvent ? 60 : 0),
                EvidenceKind.Unchanged => isEvent ? 10 : Math.Round(10 + normal),
                EvidenceKind.Quiet => normal * (isEvent ? 0.05 : 1),
                EvidenceKind.Noisy => normal * (isEvent ? 3 : 1),
                _ => normal + (isEvent ? 2.2 : 0),
            };
            detector.Push(At(i), value);
            if (detector.Score > 0.3 && isEvent) said.Add((detector.Evidence.Kind, EvidenceWords.Say(detector)));
        }

        Assert.Contains(said, one => one.Kind == kind && Regex.IsMatch(one.Words, words));
    }

    [Fact]
    public void Push_SpikeOfAMillion_DoesNotBlindIt()
    {
        var values = Noise(9).Take(1_000).Append(1e6).Concat(Noise(10).Take(2_000)).Append(60).Concat(Noise(11).Take(10));

        var alarms = Alarms(new AnomalyDetector(), values);

        Assert.Contains(1_000, alarms);
        Assert.Contains(3_001, alarms);
    }

    [Fact]
    public void Push_SpikeOfAMillionAmongPointsThatAreJudgedByBars_DoesNotBlindIt()
    {
        // A point each half minute: either spike is one of the ten of its bar, and told at once.
        var values = Noise(9).Take(10_000).Append(1e6).Concat(Noise(10).Take(20_000)).Append(60).Concat(Noise(12).Take(10));

        var alarms = Alarms(new AnomalyDetector(), values, 30);

        Assert.Contains(10_000, alarms);
        Assert.Contains(30_001, alarms);
    }

    [Theory]
    [InlineData(1e-9, 0)]
    [InlineData(1e9, -3e9)]
    [InlineData(3, 1e6)]
    public void Push_ScaledAndShifted_FindsTheSame(double scale, double offset)
    {
        var values = Noise(12).Take(1_000).Append(40).Concat(Noise(13).Take(1_000)).ToList();

        Assert.Equal(Alarms(new AnomalyDetector(), values), Alarms(new AnomalyDetector(), values.Select(value => (value * scale) + offset)));
    }

    [Fact]
    public void Push_BeforeWarmUp_IsSilentAndTellsHowLongItLearns()
    {
        var detector = new AnomalyDetector();
        var worst = 0.0;
        for (var i = 0; i < 200; i++) worst = Math.Max(worst, detector.Push(At(i), i == 150 ? 1e6 : i % 7));

        Assert.Equal(0, worst);
        Assert.True(detector.IsLearning);
        Assert.Equal(TimeSpan.FromMinutes(5 * (266 - 200)), detector.LearnsFor);
    }

    [Fact]
    public void Push_Constant_IsNeverStrangeUntilItChanges()
    {
        var detector = new AnomalyDetector();
        for (var i = 0; i < 2_000; i++) Assert.True(detector.Push(At(i), 5) < AnomalyDetector.Anomalous);

        Assert.True(detector.Push(At(2_000), 6) >= AnomalyDetector.Anomalous);
    }

    [Fact]
    public void Push_LatePointOrNoNumber_ChangesNothing()
    {
        var one = Fed(Noise(14).Take(500));
        var other = Fed(Noise(14).Take(500));
        other.Push(At(20), 1e9);
        other.Push(At(500), double.NaN);

        Assert.Equal(1, other.Late);
        Assert.Equal(one.Push(At(500), 11), other.Push(At(500), 11));
    }

    [Fact]
    public void Push_GapOfADay_IsNoAlarm()
    {
        var detector = Fed(Enumerable.Range(0, 3_000).Select(static i => (double)i).Zip(Noise(15), static (ramp, noise) => (ramp / 100) + noise));
        var alarms = 0;
        for (var i = 0; i < 200; i++)
        {
            if (detector.Push(At(3_288 + i), 40 + (i % 3)) >= AnomalyDetector.Anomalous) alarms++;
        }

        Assert.Equal(0, alarms);
    }

    [Fact]
    public void Push_PointEachSecond_IsJudgedByBarsOfFiveMinutesAndASpikeAtOnce()
    {
        var detector = new AnomalyDetector();
        var noise = Noise(16).GetEnumerator();
        for (var i = 0; i < 300 * 300; i++)
        {
            noise.MoveNext();
            detector.Push(s_monday + (i * TimeSpan.TicksPerSecond), noise.Current);
        }

        Assert.Equal(TimeSpan.FromMinutes(5), detector.Bar);
        Assert.True(detector.Push(s_monday + (90_000 * TimeSpan.TicksPerSecond), 100) >= AnomalyDetector.Anomalous);
        Assert.Equal(EvidenceKind.Novelty, detector.Evidence.Kind);
    }

    [Fact]
    public void Push_AfterWarmUp_AllocatesNothing()
    {
        var detector = Fed(Noise(17).Take(1_000));
        var values = Noise(18).Take(1_000).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < values.Length; i++) detector.Push(At(1_000 + i), values[i]);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(60)]
    public void Push_CleanNoise_HasAtMostOneFalseAlarmASeriesAndMonth(int seconds)
    {
        const int series = 6, months = 4;
        var alarms = 0;
        for (var one = 0; one < series; one++)
        {
            alarms += Alarms(new AnomalyDetector(), Noise(100 + one).Take(2_592_000 / seconds * months), seconds).Count;
        }

        // The seeds are fixed, so this is a figure and not a chance.
        Assert.InRange(alarms, 0, series * months);
    }

    [Theory]
    [InlineData("AR(1)", 1)]
    [InlineData("walk", 1)]
    [InlineData("day", 1)]
    [InlineData("exponential", 1)]
    [InlineData("lognormal", 3)]
    public void Push_CleanSeriesOfAKind_HasAtMostSoManyFalseAlarmsASeriesAndMonth(string kind, int most)
    {
        const int series = 5, months = 3;
        var alarms = 0;
        for (var one = 0; one < series; one++) alarms += Alarms(new AnomalyDetector(), Clean(kind, 200 + one).Take(2_592_000 / 300 * months)).Count;

        // The seeds are fixed, so this is a figure and not a chance.
        Assert.InRange(alarms, 0, most * series * months);
    }

    [Fact]
    public void Push_LargeValuesInAHeavyTail_AreDearerThanInALightOne()
    {
        // Half as much again as the largest before: in a normal tail that is an event, in one of a power law the usual way of growing.
        var light = Clean("normal", 31).Take(4_000).ToList();
        var heavy = Clean("power", 30).Take(4_000).ToList();
        var (first, second) = (Fed(light), Fed(heavy));

        Assert.True(first.Push(At(4_000), light.Max() * 1.5) >= AnomalyDetector.Anomalous);
        Assert.True(second.Push(At(4_000), heavy.Max() * 1.5) < AnomalyDetector.Anomalous);
    }

    private static IEnumerable<double> Clean(string kind, int seed)
    {
        var random = new Random(seed);
        var state = 0.0;
        for (var i = 0; ; i++)
        {
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            yield return state = kind switch
            {
                "AR(1)" => (0.9 * state) + noise,
                "walk" => state + noise,
                "day" => (10 * Math.Sin(2 * Math.PI * i / 288)) + noise,
                "exponential" => -Math.Log(1 - random.NextDouble()),
                "lognormal" => Math.Exp(noise),
                "power" => Math.Pow(1 - random.NextDouble(), -0.5),
                _ => noise,
            };
        }
    }

    private static IEnumerable<double> Noise(int seed)
    {
        var random = new Random(seed);
        while (true) yield return 10 + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static long At(long point) => s_monday + (point * 5 * Minute);

    private static AnomalyDetector Fed(IEnumerable<double> values)
    {
        var detector = new AnomalyDetector();
        var point = 0;
        foreach (var value in values) detector.Push(At(point++), value);
        return detector;
    }

    private static List<int> Alarms(AnomalyDetector detector, IEnumerable<double> values, int seconds = 300)
    {
        var alarms = new List<int>();
        var (point, was) = (0, false);
        foreach (var value in values)
        {
            var now = detector.Push(s_monday + (point * seconds * TimeSpan.TicksPerSecond), value) >= AnomalyDetector.Anomalous;
            if (now && !was) alarms.Add(point);
            was = now;
            point++;
        }

        return alarms;
    }
}
