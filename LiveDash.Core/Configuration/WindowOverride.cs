namespace LiveDash.Core.Configuration;

/// <summary>The window of the series that a pattern chooses. Immutable.</summary>
public sealed record WindowOverride
{
    /// <summary>A series pattern such as <c>cpu.*</c> or <c>cpu.load{host=web*}</c>.</summary>
    public string Series { get; init; } = "";

    /// <summary>A window spec such as <c>5m</c>.</summary>
    public string Window { get; init; } = "";

    /// <summary>How late a point may be and still count where it belongs, such as <c>5s</c>; null for the default of 5 s. 0 s to 1 h.</summary>
    public string? Lateness { get; init; }
}
