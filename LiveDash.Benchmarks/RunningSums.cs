namespace LiveDash.Benchmarks;

/// <summary>The usual running sums with subtraction, as a peer: fast, and wrong by 10^3 at offset 1e8.</summary>
internal sealed class RunningSums(int size)
{
    private readonly double[] _ring = new double[size];
    private int _at;
    private int _count;
    private double _sum;
    private double _squares;

    /// <summary>The population standard deviation.</summary>
    public double Std => Math.Sqrt(Math.Max(0, (_squares / _count) - (_sum / _count * (_sum / _count))));

    /// <summary>Takes the next value and drops the oldest.</summary>
    public RunningSums Push(double value)
    {
        var old = _ring[_at];
        _ring[_at] = value;
        if (++_at == size) _at = 0;
        if (_count < size) _count++;
        _sum += value - old;
        _squares += (value * value) - (old * old);
        return this;
    }
}
