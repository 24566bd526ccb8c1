namespace LiveDash.Core.Ingestion;

/// <summary>What a series' numbers count.</summary>
public enum SeriesUnit
{
    /// <summary>A plain number.</summary>
    None,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    BytesPerSecond,

    /// <summary>Percent, of 0 to 100.</summary>
    Percent,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Something per second.</summary>
    PerSecond,

    /// <summary>Degrees Celsius.</summary>
    Celsius,
}
