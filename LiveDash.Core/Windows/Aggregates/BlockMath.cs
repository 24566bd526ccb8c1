using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// Sorted runs of up to 64 doubles moved by vectors without a branch and without a search: a value finds its place by comparing with all. A
/// block lies in memory as one -infinity, 64 values of which those not used are +infinity, and one +infinity more. Stateless.
/// </summary>
internal static class BlockMath
{
    /// <summary>How many values a block holds at most.</summary>
    public const int Capacity = 64;

    /// <summary>How many doubles a block takes.</summary>
    public const int Stride = Capacity + 2;

    /// <summary>Puts a value into a block that is not full.</summary>
    public static void Insert(ref double block, double value)
    {
        if (Vector512.IsHardwareAccelerated) Insert<Eight512>(ref block, value);
        else if (Vector256.IsHardwareAccelerated) Insert<Eight256>(ref block, value);
        else Insert<Eight128>(ref block, value);
    }

    /// <summary>Takes one instance of a value that is in the block out of it.</summary>
    public static void Remove(ref double block, double value)
    {
        if (Vector512.IsHardwareAccelerated) Remove<Eight512>(ref block, value);
        else if (Vector256.IsHardwareAccelerated) Remove<Eight256>(ref block, value);
        else Remove<Eight128>(ref block, value);
    }

    /// <summary>How many of <paramref name="eights"/> times eight sorted values are below the given one.</summary>
    public static int CountBelow(ref double values, int eights, double value) =>
        Vector512.IsHardwareAccelerated ? CountBelow<Eight512>(ref values, eights, value)
        : Vector256.IsHardwareAccelerated ? CountBelow<Eight256>(ref values, eights, value)
        : CountBelow<Eight128>(ref values, eights, value);

    /// <summary><see cref="Insert(ref double, double)"/> on vectors of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Insert<T>(ref double block, double value)
        where T : struct, IEight<T>
    {
        // Below the value each stays; above it each becomes its neighbour from below; where they meet, the value.
        var entering = T.Create(value);
        for (var i = Capacity - 8; i >= 0; i -= 8)
        {
            ref var here = ref Unsafe.Add(ref block, i + 1);
            T.Max(T.Load(in Unsafe.Add(ref block, i)), T.Min(entering, T.Load(in here))).Store(ref here);
        }
    }

    /// <summary><see cref="Remove(ref double, double)"/> on vectors of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Remove<T>(ref double block, double value)
        where T : struct, IEight<T>
    {
        var leaving = T.Create(value);
        for (var i = 0; i < Capacity; i += 8)
        {
            ref var here = ref Unsafe.Add(ref block, i + 1);
            var old = T.Load(in here);
            T.WhereBelow(old, leaving, old, T.Load(in Unsafe.Add(ref block, i + 2))).Store(ref here);
        }
    }

    /// <summary><see cref="CountBelow(ref double, int, double)"/> on vectors of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBelow<T>(ref double values, int eights, double value)
        where T : struct, IEight<T>
    {
        var bound = T.Create(value);
        var below = 0;
        for (var i = 0; i < eights; i++) below += T.CountBelow(T.Load(in Unsafe.Add(ref values, i * 8)), bound);
        return below;
    }
}
