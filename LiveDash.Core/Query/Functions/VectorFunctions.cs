using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Query.Functions;

/// <summary>Functions of one number, and of the parts of a moment in UTC. Stateless.</summary>
internal static class VectorFunctions
{
    // Moments that a DateTime can say, in seconds since 1970.
    private const double Earliest = -62_135_596_800;
    private const double Latest = 253_402_300_799;

    private static readonly Dictionary<string, Func<double, double>> s_all = new(StringComparer.Ordinal)
    {
        ["abs"] = Math.Abs, ["acos"] = Math.Acos, ["acosh"] = Math.Acosh, ["asin"] = Math.Asin, ["asinh"] = Math.Asinh, ["atan"] = Math.Atan, ["atanh"] = Math.Atanh,
        ["ceil"] = Math.Ceiling, ["cos"] = Math.Cos, ["cosh"] = Math.Cosh, ["deg"] = static value => value * 180 / Math.PI, ["exp"] = Math.Exp, ["floor"] = Math.Floor,
        ["ln"] = Math.Log, ["log10"] = Math.Log10, ["log2"] = Math.Log2, ["rad"] = static value => value * Math.PI / 180,
        ["sgn"] = static value => value < 0 ? -1 : value > 0 ? 1 : value, ["sin"] = Math.Sin, ["sinh"] = Math.Sinh, ["sqrt"] = Math.Sqrt, ["tan"] = Math.Tan, ["tanh"] = Math.Tanh,
        ["day_of_month"] = static value => Part(value, static time => time.Day),
        ["day_of_week"] = static value => Part(value, static time => (int)time.DayOfWeek),
        ["day_of_year"] = static value => Part(value, static time => time.DayOfYear),
        ["days_in_month"] = static value => Part(value, static time => DateTime.DaysInMonth(time.Year, time.Month)),
        ["hour"] = static value => Part(value, static time => time.Hour),
        ["minute"] = static value => Part(value, static time => time.Minute),
        ["month"] = static value => Part(value, static time => time.Month),
        ["year"] = static value => Part(value, static time => time.Year),
    };

    /// <summary>Finds one by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Func<double, double>? function) => s_all.TryGetValue(name, out function);

    /// <summary>The nearest multiple; of two, the greater.</summary>
    public static double Round(double value, double multiple)
    {
        // By the inverse: 0.1 has none that is exact, and 10 is.
        var inverse = 1 / multiple;
        return Math.Floor((value * inverse) + 0.5) / inverse;
    }

    private static double Part(double seconds, Func<DateTime, int> part) =>
        seconds is >= Earliest and <= Latest ? part(DateTime.UnixEpoch.AddTicks((long)Math.Truncate(seconds) * TimeSpan.TicksPerSecond)) : double.NaN;
}
