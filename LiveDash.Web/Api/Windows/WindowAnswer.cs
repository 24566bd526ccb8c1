using System.Text.Json.Serialization;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.Api.Windows;

/// <summary>
/// The aggregates of one window at one moment:
/// <c>{"series":"cpu.load","tags":{"host":"a"},"window":"30s","count":2,"sum":3,"mean":1.5,"std":0.5,...,"p50":1.5,"p99":2,"asOf":"..."}</c>.
/// What is undefined (the mean of no points) is null; <c>std</c> is the population one. A series of states has no such numbers, which would only be those that its texts were given: it has
/// its count, and the newest and the oldest state as texts.
/// </summary>
internal sealed record WindowAnswer
{
    private static readonly AggregateKind[] s_always =
    [
        AggregateKind.Count, AggregateKind.Sum, AggregateKind.Mean, AggregateKind.Std, AggregateKind.Min, AggregateKind.Max, AggregateKind.First,
        AggregateKind.Last, AggregateKind.Rate, AggregateKind.Slope,
    ];

    /// <summary>The series' name.</summary>
    public required string Series { get; init; }

    /// <summary>The series' tags; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The window in its canonical text.</summary>
    public required string Window { get; init; }

    /// <summary>How many points count now.</summary>
    public long Count { get; init; }

    /// <summary>Their sum.</summary>
    public double? Sum { get; init; }

    /// <summary>Their mean.</summary>
    public double? Mean { get; init; }

    /// <summary>Their population standard deviation.</summary>
    public double? Std { get; init; }

    /// <summary>The least value.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value.</summary>
    public double? Max { get; init; }

    /// <summary>The oldest point's value.</summary>
    public double? First { get; init; }

    /// <summary>The newest point's value.</summary>
    public double? Last { get; init; }

    /// <summary>The increase a second, counter resets included.</summary>
    public double? Rate { get; init; }

    /// <summary>The least-squares slope, a second.</summary>
    public double? Slope { get; init; }

    /// <summary>The median.</summary>
    [JsonPropertyName("p50")]
    public double? P50 { get; init; }

    /// <summary>The 99th percentile.</summary>
    [JsonPropertyName("p99")]
    public double? P99 { get; init; }

    /// <summary>The newest state of a series of states; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>The oldest state of a series of states; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FirstState { get; init; }

    /// <summary>The window's now.</summary>
    public DateTime AsOf { get; init; }

    /// <summary>The further aggregates asked for, by their canonical texts.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?>? More { get; init; }

    /// <summary>True for what every answer holds anyway.</summary>
    public static bool Holds(AggregateSpec spec) => s_always.Contains(spec.Kind);

    /// <summary>Makes the answer from a snapshot whose extras are p50, p99 and then the further needs.</summary>
    public static WindowAnswer From(SeriesKey key, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, WindowSnapshot snapshot, long nowTicks, StateBook states) =>
        states.Find(key) is { Texts.Count: > 0 } words ? OfStates(key, spec, needs, snapshot, nowTicks, words) : OfNumbers(key, spec, needs, snapshot, nowTicks);

    private static WindowAnswer OfStates(SeriesKey key, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, WindowSnapshot snapshot, long nowTicks, StateWords words) => new()
    {
        Series = key.Name,
        Tags = TagsOf(key),
        Window = spec.ToString(),
        Count = snapshot.Summary.Count,
        State = words.TextOf(snapshot.Summary.Last),
        FirstState = words.TextOf(snapshot.Summary.First),
        AsOf = AsOfTime(snapshot, nowTicks),
        More = needs.Count > 2 ? needs.Skip(2).ToDictionary(static need => need.ToString(), static _ => (object?)null) : null,
    };

    private static WindowAnswer OfNumbers(SeriesKey key, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, WindowSnapshot snapshot, long nowTicks)
    {
        var summary = snapshot.Summary;
        var extras = snapshot.Extras;
        Dictionary<string, object?>? more = null;
        for (var i = 2; i < needs.Count; i++) (more ??= [])[needs[i].ToString()] = i < extras.Count ? Defined(extras[i]) : null;
        return new WindowAnswer
        {
            Series = key.Name,
            Tags = TagsOf(key),
            Window = spec.ToString(),
            Count = summary.Count,
            Sum = Defined(summary.Sum),
            Mean = Defined(summary.Mean),
            Std = Defined(summary.Std),
            Min = Defined(summary.Min),
            Max = Defined(summary.Max),
            First = Defined(summary.First),
            Last = Defined(summary.Last),
            Rate = Defined(summary.Rate),
            Slope = Defined(summary.Slope),
            P50 = extras.Count > 0 ? Defined(extras[0]) : null,
            P99 = extras.Count > 1 ? Defined(extras[1]) : null,
            AsOf = AsOfTime(snapshot, nowTicks),
            More = more,
        };
    }

    private static Dictionary<string, string>? TagsOf(SeriesKey key) => key.Tags.Count == 0 ? null : key.Tags.ToDictionary();

    private static DateTime AsOfTime(WindowSnapshot snapshot, long nowTicks) => new(snapshot.AsOf > 0 ? snapshot.AsOf : nowTicks, DateTimeKind.Utc);

    private static double? Defined(double value) => double.IsFinite(value) ? value : null;
}
