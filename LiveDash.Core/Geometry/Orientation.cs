namespace LiveDash.Core.Geometry;

/// <summary>
/// On which side of a line a point lies, exactly: a quick determinant with an error bound, and where that cannot tell, sums of exact products
/// (Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997). Exact for coordinates of a size from 1e-100 to 1e100, and zero. Pure.
/// </summary>
internal static class Orientation
{
    /// <summary>A determinant larger than this times the sum of its two products' sizes has the right sign.</summary>
    internal const double ErrorBound = 3.3306690738754716e-16;

    /// <summary>Above 0 when (px, py) lies to the left of the way from (x1, y1) to (x2, y2), below 0 to its right, 0 on it.</summary>
    internal static int Sign(double x1, double y1, double x2, double y2, double px, double py)
    {
        var left = (x1 - px) * (y2 - py);
        var right = (y1 - py) * (x2 - px);
        var determinant = left - right;
        if (Math.Abs(determinant) > ErrorBound * (Math.Abs(left) + Math.Abs(right))) return determinant > 0 ? 1 : -1;
        return Exact(x1, y1, x2, y2, px, py);
    }

    // x1*y2 - x1*py - px*y2 - y1*x2 + y1*px + py*x2, each product as an exact pair, summed without rounding.
    private static int Exact(double x1, double y1, double x2, double y2, double px, double py)
    {
        Span<double> terms = stackalloc double[12];
        Span<double> sum = stackalloc double[13];
        Product(x1, y2, terms);
        Product(-x1, py, terms[2..]);
        Product(-px, y2, terms[4..]);
        Product(-y1, x2, terms[6..]);
        Product(y1, px, terms[8..]);
        Product(py, x2, terms[10..]);
        var count = 0;
        foreach (var term in terms)
        {
            var carry = term;
            var kept = 0;
            for (var i = 0; i < count; i++)
            {
                Sum(carry, sum[i], out carry, out var rest);
                if (rest != 0) sum[kept++] = rest;
            }

            if (carry != 0) sum[kept++] = carry;
            count = kept;
        }

        // The components do not overlap, so the largest, which comes last, has the sign of all.
        return count == 0 ? 0 : Math.Sign(sum[count - 1]);
    }

    private static void Product(double a, double b, Span<double> pair)
    {
        pair[1] = a * b;
        pair[0] = Math.FusedMultiplyAdd(a, b, -pair[1]);
    }

    private static void Sum(double a, double b, out double sum, out double rest)
    {
        sum = a + b;
        var virtualB = sum - a;
        rest = (a - (sum - virtualB)) + (b - virtualB);
    }
}
