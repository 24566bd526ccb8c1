namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>One point of a pickle, not yet checked.</summary>
/// <param name="Path">As sent.</param>
/// <param name="Seconds">Since 1970.</param>
/// <param name="Value">As sent.</param>
/// <param name="IsWide">Whether it was a whole number that a double does not hold.</param>
internal readonly record struct PicklePoint(byte[] Path, double Seconds, double Value, bool IsWide);
