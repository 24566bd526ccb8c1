namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>One bucket of a histogram: values above <paramref name="Lower"/> up to <paramref name="Upper"/>.</summary>
/// <param name="Id">Names it within its histogram, the same in each of its points.</param>
/// <param name="Lower">Minus infinity in the first of explicit bounds.</param>
/// <param name="Upper">Infinity in the last.</param>
/// <param name="Count">How many.</param>
internal readonly record struct OtlpBucket(int Id, double Lower, double Upper, double Count);
