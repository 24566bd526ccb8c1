using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// An aggregate as rules, panels and requests name it: <c>mean</c>, <c>p99</c>, <c>ewma 30s</c>, <c>above 80</c>. Immutable with value
/// equality, so it may be a key and is safe on any thread.
/// </summary>
public sealed record AggregateSpec
{
    private static readonly Dictionary<string, AggregateKind> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        ["count"] = AggregateKind.Count, ["sum"] = AggregateKind.Sum, ["mean"] = AggregateKind.Mean, ["std"] = AggregateKind.Std,
        ["variance"] = AggregateKind.Variance, ["min"] = AggregateKind.Min, ["max"] = AggregateKind.Max, ["range"] = AggregateKind.Range,
        ["first"] = AggregateKind.First, ["last"] = AggregateKind.Last, ["delta"] = AggregateKind.Delta,
        ["increase"] = AggregateKind.Increase, ["rate"] = AggregateKind.Rate, ["slope"] = AggregateKind.Slope,
        ["r2"] = AggregateKind.RSquared, ["distinct"] = AggregateKind.Distinct, ["twmean"] = AggregateKind.TimeWeightedMean,
        ["mad"] = AggregateKind.Mad, ["zscore"] = AggregateKind.ZScore,
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["avg"] = "mean", ["average"] = "mean", ["stddev"] = "std", ["var"] = "variance", ["median"] = "p50",
    };

    private static readonly Dictionary<string, AggregateKind> WithParameter = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ewma"] = AggregateKind.Ewma, ["above"] = AggregateKind.Above, ["below"] = AggregateKind.Below,
        ["forecast"] = AggregateKind.Forecast, ["forecast_low"] = AggregateKind.ForecastLow, ["forecast_high"] = AggregateKind.ForecastHigh,
    };

    private AggregateSpec(AggregateKind kind, double parameter)
    {
        Kind = kind;
        Parameter = parameter;
    }

    /// <summary>How many points have come and are counted.</summary>
    public static AggregateSpec Count { get; } = new(AggregateKind.Count, 0);

    /// <summary>The mean.</summary>
    public static AggregateSpec Mean { get; } = new(AggregateKind.Mean, 0);

    /// <summary>What is computed.</summary>
    public AggregateKind Kind { get; internal init; }

    /// <summary>The percentile (0 to 100), the half-life in seconds, the threshold or the season in points; 0 where there is none.</summary>
    public double Parameter { get; }

    /// <summary>The names without parameter, for help texts and choices on screen.</summary>
    public static IReadOnlyCollection<string> Names => Plain.Keys;

    /// <summary>An aggregate without parameter.</summary>
    /// <exception cref="ArgumentException">The kind needs a parameter.</exception>
    public static AggregateSpec Of(AggregateKind kind)
    {
        if (kind != AggregateKind.Forecast && !Plain.ContainsValue(kind) && !IsForecast(kind))
        {
            throw new ArgumentException($"{kind} needs a parameter.", nameof(kind));
        }

        return new(kind, 0);
    }

    /// <summary>A percentile, 0 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 100.</exception>
    public static AggregateSpec Percentile(double percent)
    {
        if (!(percent is >= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile is 0 to 100.");
        return new(AggregateKind.Percentile, percent);
    }

    /// <summary>Reads the text of an aggregate; on failure <paramref name="error"/> says what is wrong in a sentence.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AggregateSpec? spec, [NotNullWhen(false)] out string? error)
    {
        spec = null;
        error = null;
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = words.Length > 0 ? Aliases.GetValueOrDefault(words[0], words[0]) : "";
        if (words.Length > 2 || name.Length == 0)
        {
            error = "An aggregate is a name such as 'mean' or 'p99', or a name and a parameter such as 'ewma 30s' or 'above 80'.";
            return false;
        }

        if (WithParameter.TryGetValue(name, out var parametric)) return TryParameter(parametric, name, words.Length == 2 ? words[1] : null, out spec, out error);
        if (words.Length == 2) error = $"'{name}' takes no parameter.";
        else if (Plain.TryGetValue(name, out var kind)) spec = new(kind, 0);
        else if (TryPercent(name, out var percent)) spec = new(AggregateKind.Percentile, percent);
        else error = $"'{name}' is not an aggregate; there are {string.Join(", ", Plain.Keys)}, p0 to p100, ewma, above, below, forecast, forecast_low and forecast_high.";
        return spec is not null;
    }

    /// <summary>Reads the text of an aggregate.</summary>
    /// <exception cref="FormatException">The text is not an aggregate; the message says why.</exception>
    public static AggregateSpec Parse(string text) => TryParse(text, out var spec, out var error) ? spec : throw new FormatException(error);

    /// <summary>The canonical text, which <see cref="TryParse"/> reads back.</summary>
    public override string ToString()
    {
        var number = Parameter.ToString("R", CultureInfo.InvariantCulture);
        if (Kind == AggregateKind.Percentile) return "p" + number;
        foreach (var (name, kind) in Plain)
        {
            if (kind == Kind) return name;
        }

        foreach (var (name, kind) in WithParameter)
        {
            if (kind != Kind) continue;
            if (kind == AggregateKind.Ewma) return $"{name} {DurationText.Format(TimeSpan.FromSeconds(Parameter))}";
            return IsForecast(kind) && Parameter == 0 ? name : $"{name} {number}";
        }

        return Kind.ToString();
    }

    private static bool IsForecast(AggregateKind kind) =>
        kind is AggregateKind.Forecast or AggregateKind.ForecastLow or AggregateKind.ForecastHigh;

    private static bool TryPercent(string name, out double percent)
    {
        percent = 0;
        return name.Length > 1 && name[0] is 'p' or 'P'
            && double.TryParse(name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent)
            && percent is >= 0 and <= 100;
    }

    private static bool TryParameter(AggregateKind kind, string name, string? text, out AggregateSpec? spec, out string? error)
    {
        spec = null;
        error = null;
        if (kind == AggregateKind.Ewma)
        {
            if (DurationText.TryParse(text, out var halfLife)) spec = new(kind, halfLife.TotalSeconds);
            else error = "'ewma' needs a half-life, such as 'ewma 30s'.";
        }
        else if (IsForecast(kind))
        {
            if (text is null) spec = new(kind, 0);
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var season) && season is >= 2 and <= 10_000) spec = new(kind, season);
            else error = $"The season of '{name}' is 2 to 10,000 points.";
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && double.IsFinite(threshold))
        {
            spec = new(kind, threshold);
        }
        else
        {
            error = $"'{name}' needs a threshold, such as '{name} 80'.";
        }

        return spec is not null;
    }
}
