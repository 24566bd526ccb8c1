namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// How a panel of any kind reads and shows its values. Every kind takes from it what it can show, and a new kind needs no configuration of its own.
/// Immutable, so safe on any thread.
/// </summary>
public sealed record FieldConfig
{
    /// <summary>How many thresholds a person may draw.</summary>
    public const int MaxThresholds = 8;

    /// <summary>How many links there may be.</summary>
    public const int MaxLinks = 8;

    /// <summary>The longest unit, in characters.</summary>
    public const int MaxUnit = 24;

    /// <summary>Everything as the series themselves suggest it.</summary>
    public static FieldConfig Default { get; } = new();

    /// <summary>The name of a known unit such as <c>bytes</c>, or a word of one's own that stands behind the number; null for the one that the series' names tell.</summary>
    public string? Unit { get; init; }

    /// <summary>How many places behind the point, 0 to 9; null for about three digits in all.</summary>
    public int? Decimals { get; init; }

    /// <summary>Where the axis begins; null for what the values ask for.</summary>
    public double? Min { get; init; }

    /// <summary>Where the axis ends; null for what the values ask for.</summary>
    public double? Max { get; init; }

    /// <summary>How lines are drawn.</summary>
    public LineStyle Style { get; init; }

    /// <summary>True for a band from the smallest to the largest value around a mean.</summary>
    public bool Band { get; init; } = true;

    /// <summary>True for the band in which each line is expected, with its anomalous stretches shaded.</summary>
    public bool Expected { get; init; }

    /// <summary>What names the lines.</summary>
    public LegendKind Legend { get; init; }

    /// <summary>Borders drawn by hand; at most <see cref="MaxThresholds"/>.</summary>
    public IReadOnlyList<PanelThreshold> Thresholds { get; init; } = [];

    /// <summary>True where the thresholds of the rules on the panel's series are drawn too.</summary>
    public bool RuleThresholds { get; init; } = true;

    /// <summary>Links in the panel's menu; at most <see cref="MaxLinks"/>.</summary>
    public IReadOnlyList<PanelLink> Links { get; init; } = [];

    // The lists make a record's own equality one of references.

    /// <inheritdoc/>
    public bool Equals(FieldConfig? other) =>
        other is not null && Unit == other.Unit && Decimals == other.Decimals && Min == other.Min && Max == other.Max && Style == other.Style && Band == other.Band && Expected == other.Expected
        && Legend == other.Legend && RuleThresholds == other.RuleThresholds && Thresholds.SequenceEqual(other.Thresholds) && Links.SequenceEqual(other.Links);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Decimals, Min, Max, Style, Legend, Thresholds.Count, Links.Count);
}
