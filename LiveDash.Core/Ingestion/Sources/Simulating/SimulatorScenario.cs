using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Simulating;

/// <summary>
/// What a simulator's values do. Apart from the noise a value depends on the time since the start alone, so a rule can be tried against what is known. Not thread-safe.
/// </summary>
internal sealed class SimulatorScenario(SourceValues values, int seed)
{
    private readonly string _kind = values.Text("scenario");
    private readonly double _base = values.Number("base");
    private readonly double _amplitude = values.Number("amplitude");
    private readonly double _noise = values.Number("noise");
    private readonly long _period = values.Duration("period").Ticks;
    private readonly long _interval = values.Duration("interval").Ticks;
    private readonly Random _random = new(seed);

    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sine", "steps", "spikes", "drift", "dropout", "burst", "late", "disorder", "flapping", "constant"];

    /// <summary>The points of one series at one tick: one, none or several.</summary>
    /// <param name="index">Which series; each is a little behind the one before.</param>
    /// <param name="since">How long it has run, in ticks.</param>
    /// <param name="now">The clock, in UTC ticks.</param>
    public IEnumerable<(long Ticks, double Value)> Points(int index, long since, long now)
    {
        var place = (since + index * _period / 16) % _period / (double)_period;
        switch (_kind)
        {
            case "dropout" when place >= 0.75:
                yield break;
            case "burst":
                // A quarter of the round, ten points a tick.
                for (var i = place < 0.25 ? 9 : 0; i >= 0; i--) yield return (now - i * (_interval / 10), Noisy(_base));
                yield break;
            case "late":
                yield return (now - _period / 4, Noisy(Sine((place + 0.75) % 1)));
                yield break;
            case "disorder":
                yield return (now - (long)(_random.NextDouble() * Math.Min(_period, 4 * _interval)), Noisy(Sine(place)));
                yield break;
            default:
                yield return (now, Noisy(Value(place, since)));
                yield break;
        }
    }

    private double Value(double place, long since) => _kind switch
    {
        "sine" => Sine(place),
        "steps" => _base + _amplitude * Math.Floor(place * 4) / 3,
        "spikes" => place < Math.Min(0.05, 2.0 * _interval / _period) || since < _interval ? _base + _amplitude : _base,
        "drift" => _base + _amplitude * since / _period,
        // Above and below by turns, a few times a round.
        "flapping" => (int)(place * 12) % 2 == 0 ? _base + _amplitude : _base - _amplitude,
        _ => _base,
    };

    private double Sine(double place) => _base + _amplitude * Math.Sin(2 * Math.PI * place);

    // Box and Muller (1958).
    private double Noisy(double value) => _noise == 0 ? value : value + _noise * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
