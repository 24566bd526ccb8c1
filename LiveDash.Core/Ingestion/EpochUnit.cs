namespace LiveDash.Core.Ingestion;

/// <summary>What a number of an epoch time counts.</summary>
public enum EpochUnit
{
    /// <summary>Milliseconds, the default.</summary>
    Ms,

    /// <summary>Seconds.</summary>
    S,

    /// <summary>Microseconds.</summary>
    Us,

    /// <summary>Nanoseconds; what is below 100 ns is cut off.</summary>
    Ns,

    /// <summary>Told by the number's size, each by itself: seconds below 10^11, milliseconds below 10^14, microseconds below 10^17, nanoseconds beyond.</summary>
    Auto,
}
