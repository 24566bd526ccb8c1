using System.Globalization;

namespace LiveDash.Core.Detection;

/// <summary>Puts an <see cref="Evidence"/> in words an operator can check against the chart. Pure, so safe on any thread.</summary>
public static class EvidenceWords
{
    /// <summary>What is strange to a detector now; of a counter with the word that its rate is meant.</summary>
    public static string Say(AnomalyDetector detector) => Say(detector, detector.Evidence);

    /// <summary>The same of what it found before.</summary>
    public static string Say(AnomalyDetector detector, Evidence evidence) => Say(evidence, detector.Bar, detector.Unit, detector.IsCounter);

    /// <summary>One clause without a full stop, such as <c>seen lately 12 to 18 ms, got 40 ms</c>; empty where nothing is strange.</summary>
    /// <param name="evidence">What was found.</param>
    /// <param name="bar">The length of a bar, for what is counted in bars.</param>
    /// <param name="unit">What stands behind a value; empty for nothing.</param>
    /// <param name="isCounter">True where the values are the rates of a counter.</param>
    public static string Say(Evidence evidence, TimeSpan bar, string unit = "", bool isCounter = false)
    {
        var text = evidence.Kind switch
        {
            EvidenceKind.Level => $"away from what is usual at this hour by {Value(evidence.Now, unit)}, usually by {Value(evidence.Low, unit)}",
            EvidenceKind.Hour => $"not at this hour: usually about {Value(evidence.Low, unit)}, got {Value(evidence.Now, unit)}",
            EvidenceKind.Cycle => $"not at this point of its cycle of {Span(bar * evidence.High)}: usually about {Value(evidence.Low, unit)}, got {Value(evidence.Now, unit)}",
            EvidenceKind.Novelty => Novelty(evidence, unit),
            EvidenceKind.Jump => $"a step of {Value(evidence.Now, unit)}, usually {Value(evidence.Low, unit)}",
            EvidenceKind.Unchanged => $"unchanged for {Span(bar * evidence.Now)}, longest before {Span(bar * evidence.Low)}",
            EvidenceKind.Quiet => evidence.Now > 0 ? $"noise fell to {100 * evidence.Now / evidence.Low:F0} % of the usual" : "does not move any more",
            EvidenceKind.Noisy => "noise " + Times(evidence.Now / Math.Max(evidence.Low, double.Epsilon)),
            _ => "",
        };
        return text.Length > 0 && isCounter ? "its rate a second: " + text : text;
    }

    private static string Novelty(Evidence evidence, string unit) =>
        evidence.Now > evidence.High || evidence.Now < evidence.Low
            ? $"seen lately {Number(evidence.Low)} to {Value(evidence.High, unit)}, got {Value(evidence.Now, unit)}"
            : $"nothing seen lately between {Number(evidence.Low)} and {Value(evidence.High, unit)}, got {Value(evidence.Now, unit)}";

    private static string Times(double times) => Math.Round(times) switch
    {
        < 2 => $"grew to {100 * times:F0} % of the usual",
        2 => "doubled",
        3 => "tripled",
        4 => "quadrupled",
        _ => $"grew to {Number(times)} times the usual",
    };

    private static string Value(double value, string unit) => unit.Length == 0 ? Number(value) : $"{Number(value)} {unit}";

    // 1,234,567 is read faster than 1.235E+06.
    private static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e4 and < 1e12 ? "N0" : "G4", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) =>
        span.TotalMinutes < 2 ? $"{span.TotalSeconds:F0} s" : span.TotalHours < 2 ? $"{span.TotalMinutes:F0} min"
            : span.TotalDays < 2 ? $"{span.TotalHours:F0} h" : $"{span.TotalDays:F0} d";
}
