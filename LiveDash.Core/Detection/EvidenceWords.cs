using System.Globalization;

namespace LiveDash.Core.Detection;

/// <summary>Puts an <see cref="Evidence"/> in words an operator can check against the chart.</summary>
public static class EvidenceWords
{
    /// <summary>What is strange to a detector now; of a counter with the word that its rate is meant.</summary>
    public static string Say(AnomalyDetector detector)
    {
        var text = Say(detector.Evidence, detector.Bar);
        return text.Length > 0 && detector.IsCounter ? "its rate a second: " + text : text;
    }

    /// <summary>One clause without a full stop, such as <c>seen lately up to 18, got 40</c>; empty where nothing is strange.</summary>
    /// <param name="evidence">What was found.</param>
    /// <param name="bar">The length of a bar, for what is counted in bars.</param>
    public static string Say(Evidence evidence, TimeSpan bar) => evidence.Kind switch
    {
        EvidenceKind.Level => $"away from what is usual at this hour by {Number(evidence.Now)}, usually {Number(evidence.Low)}",
        EvidenceKind.Hour => $"not at this hour: usually about {Number(evidence.Low)}, got {Number(evidence.Now)}",
        EvidenceKind.Novelty => Novelty(evidence),
        EvidenceKind.Jump => $"a step of {Number(evidence.Now)}, usually {Number(evidence.Low)}",
        EvidenceKind.Unchanged => $"unchanged for {Span(bar * evidence.Now)}, longest before {Span(bar * evidence.Low)}",
        EvidenceKind.Quiet => evidence.Now > 0 ? $"moves {Number(evidence.Low / evidence.Now)} times less than usual" : "does not move any more",
        EvidenceKind.Noisy => $"moves {Number(evidence.Now / Math.Max(evidence.Low, double.Epsilon))} times more than usual",
        _ => "",
    };

    private static string Novelty(Evidence evidence) =>
        evidence.Now > evidence.High ? $"seen lately up to {Number(evidence.High)}, got {Number(evidence.Now)}"
            : evidence.Now < evidence.Low ? $"seen lately down to {Number(evidence.Low)}, got {Number(evidence.Now)}"
            : $"nothing seen lately between {Number(evidence.Low)} and {Number(evidence.High)}, got {Number(evidence.Now)}";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) =>
        span.TotalMinutes < 2 ? $"{span.TotalSeconds:F0} s" : span.TotalHours < 2 ? $"{span.TotalMinutes:F0} min"
            : span.TotalDays < 2 ? $"{span.TotalHours:F0} h" : $"{span.TotalDays:F0} d";
}
