using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveDash.Core.Windows;

/// <summary>Eight doubles in two vectors of 256 bits. Immutable.</summary>
internal readonly struct Eight256(Vector256<double> a, Vector256<double> b) : IEight<Eight256>
{
    private readonly Vector256<double> _a = a;
    private readonly Vector256<double> _b = b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 Load(ref readonly double from) =>
        new(Vector256.LoadUnsafe(in from), Vector256.LoadUnsafe(in from, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 Ticks(ref readonly long from, long since) =>
        new(
            Vector256.ConvertToDouble(Vector256.LoadUnsafe(in from) - Vector256.Create(since)),
            Vector256.ConvertToDouble(Vector256.LoadUnsafe(in from, 4) - Vector256.Create(since)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 Create(double value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 operator +(in Eight256 a, in Eight256 b) => new(a._a + b._a, a._b + b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 operator -(in Eight256 a, in Eight256 b) => new(a._a - b._a, a._b - b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 operator *(in Eight256 a, in Eight256 b) => new(a._a * b._a, a._b * b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 Min(in Eight256 a, in Eight256 b) => new(Vector256.MinNative(a._a, b._a), Vector256.MinNative(a._b, b._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 Max(in Eight256 a, in Eight256 b) => new(Vector256.MaxNative(a._a, b._a), Vector256.MaxNative(a._b, b._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight256 WhereBelow(in Eight256 a, in Eight256 b, in Eight256 yes, in Eight256 no) =>
        new(
            Vector256.ConditionalSelect(Vector256.LessThan(a._a, b._a), yes._a, no._a),
            Vector256.ConditionalSelect(Vector256.LessThan(a._b, b._b), yes._b, no._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBelow(in Eight256 a, in Eight256 b) =>
        BitOperations.PopCount(Vector256.LessThan(a._a, b._a).ExtractMostSignificantBits())
        + BitOperations.PopCount(Vector256.LessThan(a._b, b._b).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double to)
    {
        _a.StoreUnsafe(ref to);
        _b.StoreUnsafe(ref to, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum()
    {
        var four = _a + _b;
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Least()
    {
        var four = Vector256.MinNative(_a, _b);
        var two = Vector128.MinNative(four.GetLower(), four.GetUpper());
        return double.MinNative(two.ToScalar(), two.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Greatest()
    {
        var four = Vector256.MaxNative(_a, _b);
        var two = Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return double.MaxNative(two.ToScalar(), two.GetElement(1));
    }
}
