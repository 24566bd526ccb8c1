using System.Numerics;

namespace LiveDash.Tests.Core.Windows;

/// <summary>
/// The variance of the last n values by whole numbers, so without any rounding. Values must be multiples of 2^-40.
/// </summary>
internal sealed class ExactVariance(int size)
{
    private static readonly double Unit = Math.Pow(2, 40);
    private readonly Queue<BigInteger> _values = new();
    private BigInteger _sum;
    private BigInteger _squares;

    /// <summary>The nearest value this can hold.</summary>
    public static double Rounded(double value) => Math.Round(value * Unit) / Unit;

    public void Push(double value)
    {
        var whole = new BigInteger(value * Unit);
        _values.Enqueue(whole);
        _sum += whole;
        _squares += whole * whole;
        if (_values.Count <= size) return;
        var old = _values.Dequeue();
        _sum -= old;
        _squares -= old * old;
    }

    /// <summary>The population variance, correct to a double's last digits.</summary>
    public double Value()
    {
        var n = new BigInteger(_values.Count);
        return (double)((((n * _squares) - (_sum * _sum)) << 80) / (n * n)) / Math.Pow(Unit, 4);
    }
}
