using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>Each evidence on its textbook case, to the word; what surrounds a series that is no event: gaps, holidays, restarts of counters.</summary>
public sealed class TextbookCaseTests
{
    private const long Minute = TimeSpan.TicksPerMinute;
    private static readonly double[] s_uniform = Numbers(15_000);
    private static readonly long s_monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Push_ValueOutsideAll_SaysWhatWasSeenLatelyAndWhatCame()
    {
        var detector = new AnomalyDetector { Unit = "°C" };
        // 12 and 18 are seen each day.
        for (var i = 0; i < 1_000; i++) detector.Push(At(i), i % 50 == 0 ? 12 : i % 50 == 1 ? 18 : 13 + (4 * Uniform(i)));

        Assert.True(detector.Push(At(1_000), 40) >= AnomalyDetector.Anomalous);
        Assert.Equal("seen lately 12 to 18 °C, got 40 °C", EvidenceWords.Say(detector));
    }

    [Fact]
    public void Push_StandsStillFor85Minutes_SaysSoBesideTheLongestBefore()
    {
        var detector = new AnomalyDetector();
        // Runs of up to four equal values, then one of seventeen.
        for (var i = 0; i < 1_000; i++) detector.Push(At(i), Math.Round(10 * Uniform(i / 4)) + ((i / 4 % 2) * 0.5));
        for (var i = 1_000; i < 1_017; i++) detector.Push(At(i), 7.25);

        Assert.Equal("unchanged for 85 min, longest before 20 min", EvidenceWords.Say(detector));
    }

    [Fact]
    public void Push_NoiseThatTriples_SaysHowMuchItIsSoFar()
    {
        var detector = new AnomalyDetector();
        var said = new HashSet<string>();
        for (var i = 0; i < 3_100; i++)
        {
            var score = detector.Push(At(i), (Uniform(i) + Uniform(i + 4_000) + Uniform(i + 8_000) - 1.5) * (i < 3_000 ? 1 : 3));
            if (i >= 3_000 && score > 0.3) said.Add(EvidenceWords.Say(detector));
        }

        // It is told while it grows.
        Assert.Contains(said, static words => words is "noise doubled" or "noise tripled");
    }

    [Fact]
    public void Push_AHolidayOfTheCalendar_GoesLikeASundayAndIsNoAlarm()
    {
        var holiday = new HashSet<DateOnly> { new(2026, 2, 10) };
        var (with, without) = (AlarmsOfATuesdayLikeASunday(new LocalClock(TimeZoneInfo.Utc, holiday)), AlarmsOfATuesdayLikeASunday(LocalClock.Utc));

        Assert.Equal(0, with);
        Assert.NotEqual(0, without);
    }

    [Fact]
    public void Push_GapInWhatIsJudgedByBars_IsNoAlarmAndTheHourGoesOn()
    {
        var detector = new AnomalyDetector();
        var worst = 0.0;
        for (var i = 0; i < 10 * 1_440; i++)
        {
            // Nothing for a night and a half, with the rest of the cycle where it belongs.
            if (i is >= 8 * 1_440 and < (9 * 1_440) + 400) continue;
            var score = detector.Push(s_monday + (i * Minute), (20 * Math.Sin(2 * Math.PI * i / 1_440)) + Uniform(i));
            if (i > 8 * 1_440) worst = Math.Max(worst, score);
        }

        Assert.InRange(worst, 0, 0.99);
    }

    [Fact]
    public void Push_CounterWhoseRateTriples_SaysThatItsRateIsMeant()
    {
        var detector = new AnomalyDetector { Unit = "B" };
        var (count, said) = (0.0, "");
        for (var i = 0; i < 1_000; i++)
        {
            count += 300 * (10 + Uniform(i)) * (i < 900 ? 1 : 3);
            if (detector.Push(At(i), count) >= AnomalyDetector.Anomalous && said.Length == 0) said = EvidenceWords.Say(detector);
        }

        Assert.Matches("^its rate a second: seen lately 10[0-9.]* to 1[01][0-9.]* B, got 3[0-9.]+ B$", said);
    }

    private static int AlarmsOfATuesdayLikeASunday(LocalClock clock)
    {
        var detector = new AnomalyDetector(clock: clock);
        var alarms = 0;
        for (var i = 0; i < 37 * 288; i++)
        {
            // The sixth Tuesday goes like a Sunday: nobody works.
            var isOff = i / 288 % 7 == 6 || i / 288 == 36;
            var isDay = i % 288 is >= 96 and < 216;
            if (detector.Push(At(i), (isDay && !isOff ? 100 : 10) + Uniform(i)) >= AnomalyDetector.Anomalous && i >= 36 * 288) alarms++;
        }

        return alarms;
    }

    private static double Uniform(int i) => s_uniform[i];

    private static double[] Numbers(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static long At(int i) => s_monday + (i * 5 * Minute);
}
