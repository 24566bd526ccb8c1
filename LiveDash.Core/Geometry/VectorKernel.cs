using System.Runtime.Intrinsics;

namespace LiveDash.Core.Geometry;

/// <summary>
/// Tests eight or four points at once against each side. Lanes in which rounding could decide, or which lie on a corner or level side, are given to the exact loop, so the
/// answers are those of <see cref="EdgeTable.Contains"/>. Pure.
/// </summary>
internal static class VectorKernel
{
    /// <summary>Eight points at once.</summary>
    internal static void Run512(EdgeTable edges, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        double[] ex1 = edges.X1, ey1 = edges.Y1, ex2 = edges.X2, ey2 = edges.Y2;
        var bound = Vector512.Create(Orientation.ErrorBound);
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            var px = Vector512.Create(x.Slice(i, 8));
            var py = Vector512.Create(y.Slice(i, 8));
            var odd = Vector512<double>.Zero;
            var unsure = Vector512<double>.Zero;
            for (var e = 0; e < ex1.Length; e++)
            {
                var y1 = Vector512.Create(ey1[e]);
                var y2 = Vector512.Create(ey2[e]);
                var straddles = Vector512.Xor(Vector512.GreaterThan(y1, py), Vector512.GreaterThan(y2, py));
                unsure |= Vector512.Equals(py, y1) & Vector512.Equals(px, Vector512.Create(ex1[e]));
                if (straddles == Vector512<double>.Zero) continue;
                var dy1 = y1 - py;
                var dy2 = y2 - py;
                var left = (Vector512.Create(ex1[e]) - px) * dy2;
                var right = dy1 * (Vector512.Create(ex2[e]) - px);
                var determinant = left - right;
                var leftOf = ey2[e] > ey1[e] ? Vector512.GreaterThan(determinant, Vector512<double>.Zero) : Vector512.LessThan(determinant, Vector512<double>.Zero);
                odd ^= straddles & leftOf;
                unsure |= straddles & Vector512.LessThanOrEqual(Vector512.Abs(determinant), bound * (Vector512.Abs(left) + Vector512.Abs(right)));
            }

            foreach (var level in edges.Level)
            {
                unsure |= Vector512.Equals(py, Vector512.Create(level.Y1))
                    & Vector512.GreaterThanOrEqual(px, Vector512.Create(level.MinX)) & Vector512.LessThanOrEqual(px, Vector512.Create(level.MaxX));
            }

            Store(edges, x, y, inside, i, 8, Vector512.ExtractMostSignificantBits(odd), Vector512.ExtractMostSignificantBits(unsure));
        }

        for (; i < x.Length; i++) inside[i] = edges.Contains(x[i], y[i]);
    }

    /// <summary>Four points at once.</summary>
    internal static void Run256(EdgeTable edges, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        double[] ex1 = edges.X1, ey1 = edges.Y1, ex2 = edges.X2, ey2 = edges.Y2;
        var bound = Vector256.Create(Orientation.ErrorBound);
        var i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            var px = Vector256.Create(x.Slice(i, 4));
            var py = Vector256.Create(y.Slice(i, 4));
            var odd = Vector256<double>.Zero;
            var unsure = Vector256<double>.Zero;
            for (var e = 0; e < ex1.Length; e++)
            {
                var y1 = Vector256.Create(ey1[e]);
                var y2 = Vector256.Create(ey2[e]);
                var straddles = Vector256.Xor(Vector256.GreaterThan(y1, py), Vector256.GreaterThan(y2, py));
                unsure |= Vector256.Equals(py, y1) & Vector256.Equals(px, Vector256.Create(ex1[e]));
                if (straddles == Vector256<double>.Zero) continue;
                var dy1 = y1 - py;
                var dy2 = y2 - py;
                var left = (Vector256.Create(ex1[e]) - px) * dy2;
                var right = dy1 * (Vector256.Create(ex2[e]) - px);
                var determinant = left - right;
                var leftOf = ey2[e] > ey1[e] ? Vector256.GreaterThan(determinant, Vector256<double>.Zero) : Vector256.LessThan(determinant, Vector256<double>.Zero);
                odd ^= straddles & leftOf;
                unsure |= straddles & Vector256.LessThanOrEqual(Vector256.Abs(determinant), bound * (Vector256.Abs(left) + Vector256.Abs(right)));
            }

            foreach (var level in edges.Level)
            {
                unsure |= Vector256.Equals(py, Vector256.Create(level.Y1))
                    & Vector256.GreaterThanOrEqual(px, Vector256.Create(level.MinX)) & Vector256.LessThanOrEqual(px, Vector256.Create(level.MaxX));
            }

            Store(edges, x, y, inside, i, 4, Vector256.ExtractMostSignificantBits(odd), Vector256.ExtractMostSignificantBits(unsure));
        }

        for (; i < x.Length; i++) inside[i] = edges.Contains(x[i], y[i]);
    }

    private static void Store(
        EdgeTable edges, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside, int first, int lanes, ulong odd, ulong unsure)
    {
        for (var lane = 0; lane < lanes; lane++) inside[first + lane] = ((odd >> lane) & 1) != 0;
        for (; unsure != 0; unsure &= unsure - 1)
        {
            var lane = System.Numerics.BitOperations.TrailingZeroCount(unsure);
            inside[first + lane] = edges.Contains(x[first + lane], y[first + lane]);
        }
    }
}
