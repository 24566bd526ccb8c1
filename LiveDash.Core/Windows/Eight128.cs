using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveDash.Core.Windows;

/// <summary>Eight doubles in four vectors of 128 bits; where there are none, the runtime computes them one by one. Immutable.</summary>
internal readonly struct Eight128(Vector128<double> a, Vector128<double> b, Vector128<double> c, Vector128<double> d) : IEight<Eight128>
{
    private readonly Vector128<double> _a = a;
    private readonly Vector128<double> _b = b;
    private readonly Vector128<double> _c = c;
    private readonly Vector128<double> _d = d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 Load(ref readonly double from) =>
        new(
            Vector128.LoadUnsafe(in from),
            Vector128.LoadUnsafe(in from, 2),
            Vector128.LoadUnsafe(in from, 4),
            Vector128.LoadUnsafe(in from, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 Ticks(ref readonly long from, long since) =>
        new(
            Vector128.ConvertToDouble(Vector128.LoadUnsafe(in from) - Vector128.Create(since)),
            Vector128.ConvertToDouble(Vector128.LoadUnsafe(in from, 2) - Vector128.Create(since)),
            Vector128.ConvertToDouble(Vector128.LoadUnsafe(in from, 4) - Vector128.Create(since)),
            Vector128.ConvertToDouble(Vector128.LoadUnsafe(in from, 6) - Vector128.Create(since)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 Create(double value) =>
        new(Vector128.Create(value), Vector128.Create(value), Vector128.Create(value), Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 operator +(in Eight128 a, in Eight128 b) => new(a._a + b._a, a._b + b._b, a._c + b._c, a._d + b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 operator -(in Eight128 a, in Eight128 b) => new(a._a - b._a, a._b - b._b, a._c - b._c, a._d - b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 operator *(in Eight128 a, in Eight128 b) => new(a._a * b._a, a._b * b._b, a._c * b._c, a._d * b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 Min(in Eight128 a, in Eight128 b) =>
        new(
            Vector128.MinNative(a._a, b._a),
            Vector128.MinNative(a._b, b._b),
            Vector128.MinNative(a._c, b._c),
            Vector128.MinNative(a._d, b._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 Max(in Eight128 a, in Eight128 b) =>
        new(
            Vector128.MaxNative(a._a, b._a),
            Vector128.MaxNative(a._b, b._b),
            Vector128.MaxNative(a._c, b._c),
            Vector128.MaxNative(a._d, b._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight128 WhereBelow(in Eight128 a, in Eight128 b, in Eight128 yes, in Eight128 no) =>
        new(
            Vector128.ConditionalSelect(Vector128.LessThan(a._a, b._a), yes._a, no._a),
            Vector128.ConditionalSelect(Vector128.LessThan(a._b, b._b), yes._b, no._b),
            Vector128.ConditionalSelect(Vector128.LessThan(a._c, b._c), yes._c, no._c),
            Vector128.ConditionalSelect(Vector128.LessThan(a._d, b._d), yes._d, no._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBelow(in Eight128 a, in Eight128 b) =>
        BitOperations.PopCount(Vector128.LessThan(a._a, b._a).ExtractMostSignificantBits())
        + BitOperations.PopCount(Vector128.LessThan(a._b, b._b).ExtractMostSignificantBits())
        + BitOperations.PopCount(Vector128.LessThan(a._c, b._c).ExtractMostSignificantBits())
        + BitOperations.PopCount(Vector128.LessThan(a._d, b._d).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double to)
    {
        _a.StoreUnsafe(ref to);
        _b.StoreUnsafe(ref to, 2);
        _c.StoreUnsafe(ref to, 4);
        _d.StoreUnsafe(ref to, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum()
    {
        var two = (_a + _c) + (_b + _d);
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Least()
    {
        var two = Vector128.MinNative(Vector128.MinNative(_a, _c), Vector128.MinNative(_b, _d));
        return double.MinNative(two.ToScalar(), two.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Greatest()
    {
        var two = Vector128.MaxNative(Vector128.MaxNative(_a, _c), Vector128.MaxNative(_b, _d));
        return double.MaxNative(two.ToScalar(), two.GetElement(1));
    }
}
