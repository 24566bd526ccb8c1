using LiveDash.Core.Ingestion;

namespace LiveDash.Core.Collections;

/// <summary>Takes the points that documents become.</summary>
internal interface ISeriesSink
{
    /// <summary>The number of a series.</summary>
    /// <returns>False with the reason where it is not taken.</returns>
    bool TryIntern(string name, List<KeyValuePair<string, string>> tags, out int series, out RejectReason reason);

    /// <summary>A point.</summary>
    /// <param name="id">The number that the document gives it; null for none.</param>
    /// <param name="series">Its series.</param>
    /// <param name="ticks">Its time.</param>
    /// <param name="value">Its value; finite.</param>
    /// <param name="x">Its location; NaN for none.</param>
    /// <param name="y">Its location; NaN for none.</param>
    void Add(long? id, int series, long ticks, double value, double x, double y);
}
