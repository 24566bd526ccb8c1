using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs;

/// <summary>What a worker made: the image in each format, and how many points went into it. Immutable.</summary>
/// <param name="Fingerprint">Names request and data; equal ones have equal images. Lower-case hexadecimal.</param>
/// <param name="Files">The bytes by format; empty where the image is already kept.</param>
/// <param name="Points">How many points were read.</param>
/// <param name="Bytes">How many bytes the files take together.</param>
public sealed record JobImages(string Fingerprint, IReadOnlyDictionary<PlotFormat, byte[]> Files, long Points, long Bytes);
