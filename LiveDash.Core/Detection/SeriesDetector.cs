namespace LiveDash.Core.Detection;

/// <summary>
/// The detector of one series, for whoever holds it: another may take its place when the past is read anew. Belongs to the loop that owns the series, but for
/// <see cref="Reading"/>, which any thread may read.
/// </summary>
public sealed class SeriesDetector
{
    private AnomalyReading _reading = AnomalyReading.Unknown;
    private long _told = -1;

    /// <summary>The detector; null until it knows the past.</summary>
    public AnomalyDetector? Detector { get; internal set; }

    /// <summary>What was published last.</summary>
    public AnomalyReading Reading => Volatile.Read(ref _reading);

    /// <summary>Publishes how it stands, where that has changed.</summary>
    /// <returns>True where it has.</returns>
    internal bool Publish()
    {
        if (Detector is not { } detector || detector.Version == _told) return false;
        _told = detector.Version;
        Volatile.Write(ref _reading, AnomalyReading.Of(detector));
        return true;
    }

    /// <summary>Another detector stands in its place: it is published whatever its version.</summary>
    internal void Replace(AnomalyDetector detector)
    {
        Detector = detector;
        _told = -1;
    }
}
