using System.Globalization;

namespace LiveDash.Core.Detection;

/// <summary>Puts an <see cref="Evidence"/> in words an operator can check against the chart. Pure, so safe on any thread.</summary>
public static class EvidenceWords
{
    private const string Prefixes = " kMGTPE";

    /// <summary>What is strange to a detector now; empty where nothing is.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="unit">The unit of its series, such as <c>ms</c>; empty where none is known.</param>
    public static string Say(AnomalyDetector detector, string unit = "") => Say(detector.Evidence, detector.Bar, detector.IsCounter, unit);

    /// <summary>One clause without a full stop, such as <c>seen lately 12 to 18 ms, got 40 ms</c>; empty where nothing is strange.</summary>
    /// <param name="evidence">What was found.</param>
    /// <param name="bar">The length of a bar, for what is counted in bars.</param>
    /// <param name="isCounter">True where the values are the rates of a counter.</param>
    /// <param name="unit">The unit of the values, such as <c>ms</c>; empty where none is known.</param>
    public static string Say(Evidence evidence, TimeSpan bar, bool isCounter = false, string unit = "")
    {
        var text = evidence.Kind switch
        {
            EvidenceKind.Level => $"away from what is usual at this hour by {Figure(evidence.Now, unit)}, usually by {Figure(evidence.Low, unit)}",
            EvidenceKind.Hour => $"not at this hour: usually about {Figure(evidence.Low, unit)}, got {Figure(evidence.Now, unit)}",
            EvidenceKind.Cycle => $"not at this point of its cycle of {Span(bar * evidence.High)}: usually about {Figure(evidence.Low, unit)}, got {Figure(evidence.Now, unit)}",
            EvidenceKind.Novelty => Novelty(evidence, unit),
            EvidenceKind.Jump => $"a step of {Figure(evidence.Now, unit)}, usually {Figure(evidence.Low, unit)}",
            EvidenceKind.Unchanged => $"unchanged for {Span(bar * evidence.Now)}, longest before {Span(bar * evidence.Low)}",
            EvidenceKind.Quiet => evidence.Now > 0 ? $"noise fell to {100 * evidence.Now / evidence.Low:F0} % of the usual" : "does not move any more",
            EvidenceKind.Noisy => "noise " + Times(evidence.Now / Math.Max(evidence.Low, double.Epsilon)),
            _ => "",
        };
        return text.Length > 0 && isCounter ? "its rate a second: " + text : text;
    }

    private static string Novelty(Evidence evidence, string unit) =>
        evidence.Now > evidence.High || evidence.Now < evidence.Low
            ? $"seen lately {Range(evidence, "to", unit)}, got {Figure(evidence.Now, unit)}"
            : $"nothing seen lately between {Range(evidence, "and", unit)}, got {Figure(evidence.Now, unit)}";

    // One prefix and one unit for both edges.
    private static string Range(Evidence evidence, string word, string unit)
    {
        var step = Step(Math.Max(Math.Abs(evidence.Low), Math.Abs(evidence.High)), unit);
        return $"{Scaled(evidence.Low, step)} {word} {Scaled(evidence.High, step)}{Suffix(step, unit)}";
    }

    private static string Times(double times) => Math.Round(times) switch
    {
        < 2 => $"grew to {100 * times:F0} % of the usual",
        2 => "doubled",
        3 => "tripled",
        4 => "quadrupled",
        _ => $"grew to {Scaled(times, 0)} times the usual",
    };

    private static string Figure(double value, string unit)
    {
        var step = Step(Math.Abs(value), unit);
        return Scaled(value, step) + Suffix(step, unit);
    }

    // Thousands of milliseconds have no prefix.
    private static int Step(double size, string unit) =>
        size < 1e4 || size >= 1e21 || (unit.Length > 0 && unit[0] is not ('B' or '/')) ? 0 : (int)(Math.Log10(size) / 3);

    private static string Scaled(double value, int step)
    {
        var scaled = value / Math.Pow(1_000, step);
        return scaled.ToString(Math.Abs(scaled) is >= 1e4 and < 1e15 ? "N0" : "G4", CultureInfo.InvariantCulture);
    }

    private static string Suffix(int step, string unit) => (step, unit.Length) switch
    {
        (0, 0) => "",
        (0, _) => " " + unit,
        _ => $" {Prefixes[step]}{unit}",
    };

    private static string Span(TimeSpan span) =>
        span.TotalMinutes < 2 ? $"{span.TotalSeconds:F0} s" : span.TotalHours < 2 ? $"{span.TotalMinutes:F0} min"
            : span.TotalDays < 2 ? $"{span.TotalHours:F0} h" : $"{span.TotalDays:F0} d";
}
