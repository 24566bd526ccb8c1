namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>
/// Which series OTLP's metrics become; shared by all its decoders. Thread-safe. Bounded by <see cref="Model.Limits.MaxSeries"/>: what is kept beside a name is of series that were admitted.
/// </summary>
public sealed class OtlpNames
{
    private readonly Lock _gate = new();
    private readonly List<OtlpDistribution> _distributions = [];

    internal OtlpNames(Admission admission, IEnumerable<string> resourceAttributes)
    {
        Admission = admission;
        ResourceAttributes = [.. resourceAttributes.Select(System.Text.Encoding.UTF8.GetBytes)];
        Numbers = new SeriesByteCache(Math.Max(1024, admission.Limits.MaxSeries * 2));
        Slots = new SeriesByteCache(Math.Max(1024, admission.Limits.MaxSeries));
    }

    /// <summary>Names, times, the number of series.</summary>
    internal Admission Admission { get; }

    /// <summary>The attributes of a resource that become tags.</summary>
    internal byte[][] ResourceAttributes { get; }

    /// <summary>From a point's key to its series.</summary>
    internal SeriesByteCache Numbers { get; }

    /// <summary>From a histogram's key to its place.</summary>
    internal SeriesByteCache Slots { get; }

    /// <summary>What stands at a place.</summary>
    internal OtlpDistribution At(int slot)
    {
        lock (_gate) return _distributions[slot];
    }

    /// <summary>Makes a place.</summary>
    internal int Add(OtlpDistribution distribution)
    {
        lock (_gate)
        {
            _distributions.Add(distribution);
            return _distributions.Count - 1;
        }
    }
}
