using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Core.Collections;

/// <summary>Writes points down for people. Used by one thread.</summary>
internal sealed class ExampleSink(Admission admission, SeriesCatalog catalog) : ISeriesSink
{
    /// <summary>The points so far.</summary>
    public List<string> Points { get; } = [];

    /// <inheritdoc/>
    public bool TryIntern(string name, List<KeyValuePair<string, string>> tags, out int series, out RejectReason reason)
    {
        var taken = admission.TryAdmitSeries(name, tags, out series, out var fault);
        reason = fault.Reason;
        return taken;
    }

    /// <inheritdoc/>
    public void Add(long? id, int series, long ticks, double value, double x, double y) => Points.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{catalog[series]} {value} at {new DateTime(ticks, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ss.FFFFFFFK}{(double.IsNaN(x) ? "" : $", place {x} {y}")}{(id is null ? "" : $", id {id}")}"));
}
