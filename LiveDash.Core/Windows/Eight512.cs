using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveDash.Core.Windows;

/// <summary>Eight doubles in one vector of 512 bits. Immutable.</summary>
internal readonly struct Eight512(Vector512<double> a) : IEight<Eight512>
{
    private readonly Vector512<double> _a = a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 Load(ref readonly double from) => new(Vector512.LoadUnsafe(in from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 Ticks(ref readonly long from, long since) =>
        new(Vector512.ConvertToDouble(Vector512.LoadUnsafe(in from) - Vector512.Create(since)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 Create(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 operator +(in Eight512 a, in Eight512 b) => new(a._a + b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 operator -(in Eight512 a, in Eight512 b) => new(a._a - b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 operator *(in Eight512 a, in Eight512 b) => new(a._a * b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 Min(in Eight512 a, in Eight512 b) => new(Vector512.MinNative(a._a, b._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 Max(in Eight512 a, in Eight512 b) => new(Vector512.MaxNative(a._a, b._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight512 WhereBelow(in Eight512 a, in Eight512 b, in Eight512 yes, in Eight512 no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a._a, b._a), yes._a, no._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int CountBelow(in Eight512 a, in Eight512 b) => BitOperations.PopCount(Vector512.LessThan(a._a, b._a).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double to)
    {
        _a.StoreUnsafe(ref to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum()
    {
        var four = _a.GetLower() + _a.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Least()
    {
        var four = Vector256.MinNative(_a.GetLower(), _a.GetUpper());
        var two = Vector128.MinNative(four.GetLower(), four.GetUpper());
        return double.MinNative(two.ToScalar(), two.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Greatest()
    {
        var four = Vector256.MaxNative(_a.GetLower(), _a.GetUpper());
        var two = Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return double.MaxNative(two.ToScalar(), two.GetElement(1));
    }
}
