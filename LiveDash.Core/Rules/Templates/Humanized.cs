using System.Globalization;

namespace LiveDash.Core.Rules.Templates;

/// <summary>Numbers for people, as Prometheus' template functions of these names give them. Stateless.</summary>
internal static class Humanized
{
    private static readonly string[] s_large = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];
    private static readonly string[] s_small = ["", "m", "u", "n", "p", "f", "a", "z", "y"];
    private static readonly string[] s_binary = ["", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

    /// <summary><c>humanize</c>: 1234567 is 1.235M.</summary>
    public static string Decimal(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return Four(value);
        return Math.Abs(value) >= 1 ? Divided(value, 1000, s_large) : Multiplied(value, "");
    }

    /// <summary><c>humanize1024</c>: 1048576 is 1Mi.</summary>
    public static string Binary(double value) => Math.Abs(value) <= 1 || !double.IsFinite(value) ? Four(value) : Divided(value, 1024, s_binary);

    /// <summary><c>humanizeDuration</c>, of seconds: 3661 is 1h 1m 1s.</summary>
    public static string Duration(double value)
    {
        if (!double.IsFinite(value)) return Four(value);
        if (value == 0) return "0s";
        if (Math.Abs(value) < 1) return Multiplied(value, "s");
        var sign = value < 0 ? "-" : "";
        var size = Math.Abs(value);
        var whole = (long)Math.Min(size, 1e17);
        var (days, hours, minutes, seconds) = (whole / 86400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
        if (days != 0) return string.Create(CultureInfo.InvariantCulture, $"{sign}{days}d {hours}h {minutes}m {seconds}s");
        if (hours != 0) return string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}h {minutes}m {seconds}s");
        if (minutes != 0) return string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes}m {seconds}s");
        return sign + Four(size) + "s";
    }

    /// <summary><c>humanizePercentage</c>: 0.123 is 12.3%.</summary>
    public static string Percentage(double value) => Four(value * 100) + "%";

    /// <summary><c>humanizeTimestamp</c>, of seconds since 1970.</summary>
    public static string Timestamp(double value) =>
        value is > -62_135_596_800 and < 253_402_300_800
            ? DateTime.UnixEpoch.AddTicks((long)(value * TimeSpan.TicksPerSecond)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + " +0000 UTC"
            : Four(value);

    private static string Divided(double value, double by, string[] prefixes)
    {
        var i = 0;
        for (; i < prefixes.Length - 1 && Math.Abs(value) >= by; i++) value /= by;
        return Four(value) + prefixes[i];
    }

    private static string Multiplied(double value, string unit)
    {
        var i = 0;
        for (; i < s_small.Length - 1 && Math.Abs(value) < 1; i++) value *= 1000;
        return Four(value) + s_small[i] + unit;
    }

    private static string Four(double value) => GoNumber.General(value, 4);
}
