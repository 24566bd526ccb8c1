using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Which stored points somebody chose to explore, as the form holds them and the address names them. To be used on one thread.</summary>
public sealed class ExploreChoice
{
    /// <summary>The range of two times.</summary>
    public const string Between = "between";

    /// <summary>At most so many series an address chooses.</summary>
    public const int MostSeries = 20;

    /// <summary>The ranges there are, with what a list of choices says.</summary>
    public static IReadOnlyList<(string Value, string Text)> Ranges { get; } =
        [("", "All that is stored"), ("1h", "Last hour"), ("24h", "Last 24 hours"), ("7d", "Last 7 days"), (Between, "Between two times…")];

    /// <summary>Series or patterns.</summary>
    public List<string> Series { get; } = [];

    /// <summary>A mapped collection in their place; empty for none.</summary>
    public string Collection { get; set; } = "";

    /// <summary>One of <see cref="Ranges"/>.</summary>
    public string Range { get; set; } = "";

    /// <summary>Where a range of two times begins, by the chosen zone's clock.</summary>
    public DateTime? From { get; set; }

    /// <summary>Where it ends.</summary>
    public DateTime? To { get; set; }

    /// <summary>True where there is something to show.</summary>
    public bool IsAny => Series.Count > 0 || Collection.Length > 0;

    /// <summary>True where the range is sound.</summary>
    public bool HasRange => Range != Between || (From is not null && To > From);

    /// <summary>Takes what an address names. True where it names a range too, which is as much as asking for the points.</summary>
    public bool Take(IEnumerable<string> series, string? collection, string? range, string? from, string? to, ViewZone zone)
    {
        Series.Clear();
        Series.AddRange(series.Where(static text => text.Length > 0).Distinct().Take(MostSeries));
        Collection = collection ?? "";
        if (ViewRange.Parse(null, from, to).Past is { } past)
        {
            (Range, From, To) = (Between, zone.Local(past.From), zone.Local(past.To));
            return true;
        }

        Range = Ranges.Any(one => one.Value == range && one.Value != Between) ? range! : "";
        return Range.Length > 0 || range == "all";
    }

    /// <summary>The range in moments.</summary>
    public TimeRange Times(ViewZone zone, TimeProvider clock)
    {
        if (Range.Length == 0) return TimeRange.All;
        if (Range == Between) return new TimeRange(zone.FromLocal(From!.Value).UtcTicks, zone.FromLocal(To!.Value).UtcTicks);
        var now = clock.GetUtcNow().UtcTicks;
        var span = Range switch { "1h" => TimeSpan.FromHours(1), "24h" => TimeSpan.FromHours(24), _ => TimeSpan.FromDays(7) };
        return new TimeRange(now - span.Ticks, now);
    }

    /// <summary>The parameters for an address; null for those to leave out.</summary>
    /// <param name="times">The range in moments, where it is one of two times.</param>
    public IReadOnlyDictionary<string, object?> ToQuery(TimeRange times)
    {
        var isBetween = Range == Between;
        return new Dictionary<string, object?>
        {
            ["series"] = Collection.Length > 0 ? null : Series.ToArray(),
            ["collection"] = Collection.Length > 0 ? Collection : null,
            ["range"] = isBetween ? null : Range.Length == 0 ? "all" : Range,
            ["from"] = isBetween ? IsoText.Of(times.From) : null,
            ["to"] = isBetween ? IsoText.Of(times.To) : null,
        };
    }
}
