namespace LiveDash.Core.Detection;

/// <summary>Hands out the detectors of a shard's series, one a series. Single-threaded: only the shard's own loop calls it.</summary>
public interface IDetectorSource
{
    /// <summary>The detector of a series, made and taught from the store if nobody holds it yet. Release it as often as acquired.</summary>
    /// <param name="series">The interned series.</param>
    SeriesDetector AcquireDetector(int series);

    /// <summary>The forecast of a series at a horizon, taught from the store if nobody holds it yet. Release it as often as acquired.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="horizon">How far ahead; zero for the trend alone.</param>
    SeriesForecast AcquireForecast(int series, TimeSpan horizon);

    /// <summary>Gives a forecast back; the last release drops it.</summary>
    void ReleaseForecast(int series, SeriesForecast forecast);

    /// <summary>Gives a detector back; the last release drops it.</summary>
    void ReleaseDetector(int series);
}
