namespace LiveDash.Core.Ingestion;

/// <summary>A sender whose lines are mostly refused: the rest is not read; HTTP answers 400.</summary>
public sealed class TooManyFaultsException(long limit)
    : Exception($"More than {limit} lines were refused (LiveDash:Limits:MaxFaults); the rest was not read.");
