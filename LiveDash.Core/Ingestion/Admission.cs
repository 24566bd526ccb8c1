using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// What a point must be to come in, whatever format it came by: names, times and the number of series. Thread-safe.
/// </summary>
public sealed class Admission(Limits limits, SeriesCatalog catalog)
{
    /// <summary>The bounds in force.</summary>
    public Limits Limits { get; } = limits;

    /// <summary>Finds or makes a series by name and tags, which may come in any order.</summary>
    /// <param name="name">The series name.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="series">The interned series.</param>
    /// <param name="fault">Why not.</param>
    public bool TryAdmitSeries(string name, List<KeyValuePair<string, string>> tags, out int series, out Fault fault)
    {
        series = -1;
        if (FindFault(name, tags) is { } found)
        {
            fault = found;
            return false;
        }

        fault = default;
        if (catalog.TryIntern(new SeriesKey(name, tags), out series)) return true;
        fault = new(RejectReason.SeriesLimit, $"New series are refused past {Limits.MaxSeries} (LiveDash:Limits:MaxSeries); known ones flow on.");
        return false;
    }

    /// <summary>The name of a series, for words.</summary>
    public string NameOf(int series) => catalog[series].ToString();

    /// <summary>Says whether a time is too far ahead; old times are fine.</summary>
    public bool IsFuture(long ticks, long nowTicks) => ticks - nowTicks > Limits.MaxAhead.Ticks;

    /// <summary>The fault of a time too far ahead.</summary>
    public Fault FutureFault(string written) => new(
        RejectReason.Future,
        $"The time {written} is more than {Limits.MaxAhead:c} ahead of the clock (LiveDash:Limits:MaxAhead). Times are ISO 8601 or milliseconds since 1970.");

    private Fault? FindFault(string name, List<KeyValuePair<string, string>> tags)
    {
        if (NameRules.FaultOf(name, "The series name", "{}", Limits) is { } badName) return new(RejectReason.BadName, badName);
        if (tags.Count > Limits.MaxTags)
        {
            return new(RejectReason.BadName, $"{tags.Count} tags are more than {Limits.MaxTags} (LiveDash:Limits:MaxTags).");
        }

        for (var i = 0; i < tags.Count; i++)
        {
            if (NameRules.FaultOf(tags[i].Key, "A tag's key", "{},=\"", Limits) is { } badKey) return new(RejectReason.BadName, badKey);
            if (NameRules.FaultOf(tags[i].Value, "A tag's value", "", Limits) is { } badValue) return new(RejectReason.BadName, badValue);
            for (var j = 0; j < i; j++)
            {
                if (tags[j].Key == tags[i].Key) return new(RejectReason.BadName, $"The tag '{tags[i].Key}' stands twice.");
            }
        }

        return null;
    }
}
