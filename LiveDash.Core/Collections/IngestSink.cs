using LiveDash.Core.Ingestion;

namespace LiveDash.Core.Collections;

/// <summary>
/// Puts points into the program's own pipeline, each under its document's key, so that one that is read again (after a crash, a lost token, in the overlap of two
/// readings) is kept once. Used by one follower.
/// </summary>
internal sealed class IngestSink(Admission admission) : ISeriesSink
{
    /// <summary>Takes the points now.</summary>
    public IngestSession? Session { get; set; }

    /// <summary>The key of the document that is being mapped.</summary>
    public string Key { get; set; } = "";

    /// <summary>True when a point of it was too far ahead of the clock.</summary>
    public bool WasFuture { get; set; }

    /// <inheritdoc/>
    public bool TryIntern(string name, List<KeyValuePair<string, string>> tags, out int series, out RejectReason reason)
    {
        var taken = admission.TryAdmitSeries(name, tags, out series, out var fault);
        reason = fault.Reason;
        return taken;
    }

    /// <inheritdoc/>
    public void Add(long? id, int series, long ticks, double value, double x, double y)
    {
        if (admission.IsFuture(ticks, Session!.Now)) WasFuture = true;
        else Session.Add(series, ticks, value, x, y, Key);
    }
}
