namespace LiveDash.Web.ViewModels;

/// <summary>What a series' numbers measure. js/format.js knows the same names, in camel case.</summary>
public enum ValueUnit
{
    /// <summary>Nothing known: plain numbers with SI prefixes.</summary>
    Number,

    /// <summary>Plain numbers a second.</summary>
    PerSecond,

    /// <summary>Bytes, with binary prefixes.</summary>
    Bytes,

    /// <summary>Bytes a second, with binary prefixes.</summary>
    BytesPerSecond,

    /// <summary>Bits a second.</summary>
    BitsPerSecond,

    /// <summary>Percent: 50 is a half.</summary>
    Percent,

    /// <summary>A share: 0.5 is a half, shown as 50 %.</summary>
    Ratio,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,

    /// <summary>Degrees Celsius.</summary>
    Celsius,

    /// <summary>Hertz.</summary>
    Hertz,

    /// <summary>Volt.</summary>
    Volt,

    /// <summary>Watt.</summary>
    Watt,

    /// <summary>Ampere.</summary>
    Ampere,
}
