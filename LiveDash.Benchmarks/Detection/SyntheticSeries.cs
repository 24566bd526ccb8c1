namespace LiveDash.Benchmarks.Detection;

/// <summary>A series made by a base and a fault, with the truth: a point each five minutes for 28 days, the fault in the last seven.</summary>
/// <param name="Base">What it does by itself.</param>
/// <param name="Fault">What goes wrong; clean for nothing.</param>
/// <param name="Values">Its values.</param>
/// <param name="From">The first point of the fault; -1 for none.</param>
/// <param name="To">The first point after it.</param>
internal sealed record SyntheticSeries(string Base, string Fault, double[] Values, int From, int To)
{
    /// <summary>A day of points.</summary>
    public const int Day = 288;

    private const int Days = 28;

    /// <summary>What series do by themselves.</summary>
    public static readonly string[] Bases = ["noise", "AR(1)", "walk", "day", "week", "exponential", "counter", "on-off", "trend"];

    /// <summary>What goes wrong.</summary>
    public static readonly string[] Faults = ["clean", "spike", "dip", "shift", "noisy", "stuck", "drift", "no day", "hour shift", "burst"];

    /// <summary>Makes one.</summary>
    public static SyntheticSeries Make(string kind, string fault, Random random)
    {
        var values = new double[Days * Day];
        var state = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var noise = Normal(random);
            state = kind == "walk" ? state + noise : (0.9 * state) + noise;
            values[i] = kind switch
            {
                "AR(1)" or "walk" => state,
                "day" => (10 * Wave(i)) + noise,
                "week" => (10 * Wave(i) * (i / Day % 7 < 5 ? 1 : 0.2)) + noise,
                "exponential" => -2 * Math.Log(1 - random.NextDouble()),
                "counter" => 20 + (5 * Wave(i)) + noise,
                "on-off" => (i % Day is >= 96 and < 216 ? 20 : 0) + noise,
                "trend" => (0.002 * i) + noise,
                _ => noise,
            };
        }

        var from = (21 * Day) + random.Next(5 * Day);
        var length = fault switch { "spike" or "dip" => 1, "burst" => 12, "shift" or "drift" => Day / 2, _ => Day / 4 };
        if (fault is "no day" or "hour shift") (from, length) = ((from / Day * Day) + 80, Day / 2);
        if (fault == "clean") (from, length) = (-1, 0);
        else Spoil(values, fault, from, length, random);
        if (kind == "counter") Sum(values);
        return new(kind, fault, values, from, from + length);
    }

    // In units of how far the series moves by itself within a day.
    private static void Spoil(double[] values, string fault, int from, int length, Random random)
    {
        var day = values.AsSpan(from - Day, Day).ToArray();
        var mean = day.Average();
        var scale = Math.Max(1, Math.Sqrt(day.Average(value => (value - mean) * (value - mean))));
        var before = values[from - 1];
        for (var i = from; i < from + length; i++)
        {
            values[i] = fault switch
            {
                "spike" => values[i] + (10 * scale),
                "dip" => values[i] - (10 * scale),
                "shift" => values[i] + (6 * scale),
                "noisy" => values[i] + (4 * scale * Normal(random)),
                "stuck" => before,
                "drift" => values[i] + (8 * scale * (i - from) / length),
                "no day" => mean + Normal(random),
                "hour shift" => values[i - (Day / 4)],
                _ => values[i] + (random.Next(3) == 0 ? 8 * scale : 0),
            };
        }
    }

    private static void Sum(double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) values[i] = sum += Math.Max(0, values[i]) * 300;
    }

    private static double Wave(int i) => Math.Sin(2 * Math.PI * i / Day);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
