namespace LiveDash.Benchmarks.Proofs;

/// <summary>One thing a program did to its disk, or said. Immutable.</summary>
/// <param name="File">The file's name; null where it said something.</param>
/// <param name="Offset">Where it wrote, or to which length it cut.</param>
/// <param name="Bytes">What it wrote; null for a cut or a sync.</param>
/// <param name="Said">What it said.</param>
/// <param name="IsSync">True where all written to the file before is on the disk now.</param>
internal sealed record DiskStep(string? File, long Offset, byte[]? Bytes, string? Said, bool IsSync);
