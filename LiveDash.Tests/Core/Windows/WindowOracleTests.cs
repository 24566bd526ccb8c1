using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Windows;

public class WindowOracleTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    public static TheoryData<string> Specs => new(
        "1", "2", "3", "7", "63", "64", "65", "100", "200", "1s", "3s", "10s", "30s", "2m", "tumbling 10s", "tumbling 1m", "hopping 30s/10s",
        "hopping 25s/10s", "session 3s", "session 5s");

    [Theory]
    [MemberData(nameof(Specs))]
    public void Summarize_SeededStreamInOrder_SameAsRecomputeAtEveryStep(string spec) => Compare(spec, seed: 1, disorder: 0, pauses: true, steps: 1500);

    [Theory]
    [MemberData(nameof(Specs))]
    public void Summarize_OutOfOrderAndLate_SameAsRecomputeAtEveryStep(string spec) => Compare(spec, seed: 2, disorder: 0.2, pauses: true, steps: 1200);

    [Theory]
    [MemberData(nameof(Specs))]
    public void Summarize_AskedRarely_SameAsRecompute(string spec) => Compare(spec, seed: 3, disorder: 0.05, pauses: true, steps: 1500, askEvery: 97);

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("3s")]
    [InlineData("10s")]
    [InlineData("tumbling 10s")]
    [InlineData("hopping 25s/10s")]
    [InlineData("session 3s")]
    public void Summarize_EverySmallStream_SameAsRecompute(string spec)
    {
        // Every sequence of five moves out of six: equal time, one and four seconds on, one and six seconds back, time alone passes.
        long[] moves = [0, Second, 4 * Second, -Second, -6 * Second, 7 * Second];
        for (var code = 0; code < 7776; code++)
        {
            var window = SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default);
            var plain = new PlainWindow(window.Spec, TimeSpan.FromSeconds(5));
            var time = 1000 * Second;
            for (var (step, rest) = (0, code); step < 5; step++, rest /= 6)
            {
                time += moves[rest % 6];
                if (rest % 6 == 5)
                {
                    window.AdvanceTo(time);
                    plain.AdvanceTo(time);
                }
                else
                {
                    window.Add(time, step + 1);
                    plain.Add(time, step + 1);
                }
            }

            Assert.Equal(plain.Late, window.LateCount);
            PlainWindow.AssertSame(plain.Points(), window.Summarize(), $"{spec}, stream {code}");
        }
    }

    private static void Compare(string text, int seed, double disorder, bool pauses, int steps, int askEvery = 1)
    {
        var spec = WindowSpec.Parse(text);
        var random = new Random(seed);
        var window = SlidingWindow.Create(spec, WindowOptions.Default);
        var plain = new PlainWindow(spec, TimeSpan.FromSeconds(5));
        var clock = 638_000_000_000_000_000L;
        for (var i = 0; i < steps; i++)
        {
            // Steps of 0, half a second and odd ticks make equal times and points exactly on a border.
            clock += random.Next(4) switch { 0 => 0, 1 => Second / 2, 2 => random.Next(3_000_000), _ => 1 };
            if (pauses && random.Next(150) == 0) clock += random.Next(1, 20) * Second;
            if (pauses && random.Next(40) == 0)
            {
                var told = clock + random.Next(1, 12) * Second;
                window.AdvanceTo(told);
                plain.AdvanceTo(told);
            }
            else
            {
                var time = random.NextDouble() < disorder ? clock - random.Next(7) * Second + random.Next(2) : clock;
                var value = random.Next(5) == 0 ? random.Next(100) : (random.NextDouble() * 50) + 1000;
                window.Add(time, value);
                plain.Add(time, value);
            }

            if (i % askEvery != 0) continue;
            Assert.Equal(plain.Late, window.LateCount);
            Assert.Equal(plain.Now, window.Now);
            PlainWindow.AssertSame(plain.Points(), window.Summarize(), $"{text}, seed {seed}, step {i}");
        }
    }
}
