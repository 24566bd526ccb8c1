namespace LiveDash.Web.ViewModels;

/// <summary>What a series' values are, told from its name as Prometheus and most agents form names; it decides how a number is written.</summary>
public enum QuantityKind
{
    /// <summary>A number without a unit.</summary>
    Plain,

    /// <summary>0 to 100 %.</summary>
    Percent,

    /// <summary>Bytes, written in powers of 1,024.</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    BytesPerSecond,

    /// <summary>Seconds, written from nanoseconds to days.</summary>
    Seconds,

    /// <summary>Milliseconds, written as <see cref="Seconds"/> are.</summary>
    Milliseconds,

    /// <summary>So many per second.</summary>
    PerSecond,
}
