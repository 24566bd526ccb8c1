using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// Tests eight or four points at once: against the box, and where one lies in it against each side. No lane waits for another, and everything is decided by
/// signs: the ray to the right of a point meets a side when the side's ends lie on both sides of its height and the point to the left of the side's line.
/// Lanes in which rounding could decide, or which lie on a level side, are given to the exact loop, so the answers are those of <see cref="EdgeTable.Contains(double, double)"/>.
/// Pure.
/// </summary>
internal static class VectorKernel
{
    // Eight bits to eight bytes.
    private static readonly ulong[] s_spread = [.. Enumerable.Range(0, 256).Select(static bits => Enumerable.Range(0, 8).Aggregate(0UL, (bytes, lane) => bytes | ((ulong)((bits >> lane) & 1) << (8 * lane))))];

    /// <summary>Eight points at once.</summary>
    internal static void Run512(EdgeTable edges, EdgeLines lines, BoundingBox box, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            var px = Vector512.Create(x.Slice(i, 8));
            // Makes a negative zero positive: their difference below would have the wrong sign.
            var py = Vector512.Create(y.Slice(i, 8)) + Vector512<double>.Zero;
            var within = Vector512.GreaterThanOrEqual(px, Vector512.Create(box.MinX)) & Vector512.LessThanOrEqual(px, Vector512.Create(box.MaxX))
                & Vector512.GreaterThanOrEqual(py, Vector512.Create(box.MinY)) & Vector512.LessThanOrEqual(py, Vector512.Create(box.MaxY));
            var lanes = (uint)Vector512.ExtractMostSignificantBits(within);
            uint odd = 0;
            if (lanes != 0)
            {
                odd = Cross512(lines, px, py, out var unsure) & lanes;
                odd = Settle(edges, x[i..], y[i..], odd, unsure & lanes);
            }

            Store(inside[i..], odd);
        }

        Rest(edges, box, x[i..], y[i..], inside[i..]);
    }

    /// <summary>Four points at once.</summary>
    internal static void Run256(EdgeTable edges, EdgeLines lines, BoundingBox box, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            uint odd = 0;
            for (var half = 0; half < 8; half += 4)
            {
                var px = Vector256.Create(x.Slice(i + half, 4));
                var py = Vector256.Create(y.Slice(i + half, 4)) + Vector256<double>.Zero;
                var within = Vector256.GreaterThanOrEqual(px, Vector256.Create(box.MinX)) & Vector256.LessThanOrEqual(px, Vector256.Create(box.MaxX))
                    & Vector256.GreaterThanOrEqual(py, Vector256.Create(box.MinY)) & Vector256.LessThanOrEqual(py, Vector256.Create(box.MaxY));
                var lanes = Vector256.ExtractMostSignificantBits(within);
                if (lanes == 0) continue;
                var crossed = Cross256(lines, px, py, out var unsure) & lanes;
                odd |= Settle(edges, x[(i + half)..], y[(i + half)..], crossed, unsure & lanes) << half;
            }

            Store(inside[i..], odd);
        }

        Rest(edges, box, x[i..], y[i..], inside[i..]);
    }

    private static uint Cross512(EdgeLines lines, Vector512<double> px, Vector512<double> py, out uint unsure)
    {
        var fromX = px - Vector512.Create(lines.OriginX);
        var fromY = py - Vector512.Create(lines.OriginY);
        var odd = Vector512<double>.Zero;
        var nearest = Vector512.Create(double.MaxValue);
        ref var side = ref MemoryMarshal.GetArrayDataReference(lines.Sloped);
        ref var end = ref Unsafe.Add(ref side, lines.Sloped.Length);
        while (Unsafe.IsAddressLessThan(ref side, ref end))
        {
            var straddles = (py - Vector512.Create(side)) ^ (py - Vector512.Create(At(ref side, 1)));
            var place = Vector512.FusedMultiplyAdd(
                Vector512.Create(At(ref side, 2)), fromX, Vector512.FusedMultiplyAdd(Vector512.Create(At(ref side, 3)), fromY, Vector512.Create(At(ref side, 4))));
            odd ^= straddles & place;
            nearest = Vector512.MinNative(nearest, Vector512.Abs(place));
            side = ref At(ref side, EdgeLines.Stride);
        }

        var doubt = Vector512.LessThanOrEqual(nearest, Vector512.Create(lines.Doubt));
        foreach (var level in lines.Level)
        {
            doubt |= Vector512.Equals(py, Vector512.Create(level.Y1))
                & Vector512.GreaterThanOrEqual(px, Vector512.Create(level.MinX)) & Vector512.LessThanOrEqual(px, Vector512.Create(level.MaxX));
        }

        unsure = (uint)Vector512.ExtractMostSignificantBits(doubt);
        return (uint)Vector512.ExtractMostSignificantBits(odd);
    }

    private static uint Cross256(EdgeLines lines, Vector256<double> px, Vector256<double> py, out uint unsure)
    {
        var fromX = px - Vector256.Create(lines.OriginX);
        var fromY = py - Vector256.Create(lines.OriginY);
        var odd = Vector256<double>.Zero;
        var nearest = Vector256.Create(double.MaxValue);
        ref var side = ref MemoryMarshal.GetArrayDataReference(lines.Sloped);
        ref var end = ref Unsafe.Add(ref side, lines.Sloped.Length);
        while (Unsafe.IsAddressLessThan(ref side, ref end))
        {
            var straddles = (py - Vector256.Create(side)) ^ (py - Vector256.Create(At(ref side, 1)));
            var place = Vector256.FusedMultiplyAdd(
                Vector256.Create(At(ref side, 2)), fromX, Vector256.FusedMultiplyAdd(Vector256.Create(At(ref side, 3)), fromY, Vector256.Create(At(ref side, 4))));
            odd ^= straddles & place;
            nearest = Vector256.MinNative(nearest, Vector256.Abs(place));
            side = ref At(ref side, EdgeLines.Stride);
        }

        var doubt = Vector256.LessThanOrEqual(nearest, Vector256.Create(lines.Doubt));
        foreach (var level in lines.Level)
        {
            doubt |= Vector256.Equals(py, Vector256.Create(level.Y1))
                & Vector256.GreaterThanOrEqual(px, Vector256.Create(level.MinX)) & Vector256.LessThanOrEqual(px, Vector256.Create(level.MaxX));
        }

        unsure = Vector256.ExtractMostSignificantBits(doubt);
        return Vector256.ExtractMostSignificantBits(odd);
    }

    private static ref double At(ref double side, int offset) => ref Unsafe.Add(ref side, offset);

    private static uint Settle(EdgeTable edges, ReadOnlySpan<double> x, ReadOnlySpan<double> y, uint odd, uint unsure)
    {
        for (; unsure != 0; unsure &= unsure - 1)
        {
            var lane = BitOperations.TrailingZeroCount(unsure);
            odd = edges.Contains(x[lane], y[lane]) ? odd | (1u << lane) : odd & ~(1u << lane);
        }

        return odd;
    }

    private static void Store(Span<bool> inside, uint lanes) => MemoryMarshal.Write(MemoryMarshal.AsBytes(inside), s_spread[lanes & 255]);

    private static void Rest(EdgeTable edges, BoundingBox box, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        for (var i = 0; i < x.Length; i++) inside[i] = box.Contains(x[i], y[i]) && edges.Contains(x[i], y[i]);
    }
}
