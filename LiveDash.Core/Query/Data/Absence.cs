namespace LiveDash.Core.Query.Data;

/// <summary>
/// Marks the steps at which a series has no value, since NaN is a value there. The mark is a signalling NaN: what is computed from it is another one, so it never comes about by itself.
/// </summary>
internal static class Absence
{
    private const long Bits = 0x7FF0_0000_0000_0002;

    /// <summary>The mark.</summary>
    public static double Mark { get; } = BitConverter.Int64BitsToDouble(Bits);

    /// <summary>True for the mark alone.</summary>
    public static bool IsAbsent(this double value) => BitConverter.DoubleToInt64Bits(value) == Bits;

    /// <summary>So many marks.</summary>
    public static double[] Steps(int count)
    {
        var steps = new double[count];
        Array.Fill(steps, Mark);
        return steps;
    }
}
