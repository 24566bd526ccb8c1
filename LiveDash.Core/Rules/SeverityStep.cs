namespace LiveDash.Core.Rules;

/// <summary>A further threshold of the same comparison at which the same episode gets another severity.</summary>
public readonly record struct SeverityStep(Severity Severity, double Threshold);
