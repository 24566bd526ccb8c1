namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>What makes a point the same as another: its series and time, and the sender's id or the value.</summary>
/// <param name="Series">The interned series.</param>
/// <param name="Ticks">The event time; 0 where the id alone tells.</param>
/// <param name="Mark">The hash of the sender's id, or the bits of the value.</param>
/// <param name="ByValue">True where <paramref name="Mark"/> is a value.</param>
internal readonly record struct PointKey(int Series, long Ticks, ulong Mark, bool ByValue)
{
    /// <summary>The key of a value; both zeros are one.</summary>
    public static PointKey OfValue(int series, long ticks, double value) => new(series, ticks, BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value), true);

    /// <summary>The key of a sender's id.</summary>
    public static PointKey OfSender(int series, long ticks, ulong sender) => new(series, ticks, sender, false);

    /// <summary>64 well-mixed bits of it (the finaliser of SplitMix64; Steele, Lea, Flood, OOPSLA 2014).</summary>
    public ulong Mixed()
    {
        var x = ((ulong)Series * 0x9e3779b97f4a7c15) ^ ((ulong)Ticks * 0xd6e8feb86659fd93) ^ (Mark * 0xa0761d6478bd642f) ^ (ByValue ? 1UL : 0);
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
