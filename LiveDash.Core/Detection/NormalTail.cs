namespace LiveDash.Core.Detection;

/// <summary>The upper tail of the normal distribution in decades.</summary>
internal static class NormalTail
{
    /// <summary>-log10 of the probability that a standard normal value exceeds <paramref name="z"/>; finite for every finite z.</summary>
    /// <remarks>Numerical Recipes' erfc (Chebyshev fit, relative error 1.2e-7); beyond z = 30 the leading term of the asymptotic series.</remarks>
    public static double Decades(double z)
    {
        if (z < -5) return 0;
        return z < 30 ? -Math.Log10(0.5 * Erfc(z / Math.Sqrt(2))) : ((z * z / 2) + Math.Log(z * 2.5066282746)) / Math.Log(10);
    }

    private static double Erfc(double x)
    {
        var t = 1 / (1 + (0.5 * Math.Abs(x)));
        var poly = -1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806 + (t * (0.27886807
            + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277)))))))))))))))));
        var tail = t * Math.Exp((-x * x) + poly);
        return x >= 0 ? tail : 2 - tail;
    }
}
