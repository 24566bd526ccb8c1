using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>Numbers as tables of statistics write them. Pure.</summary>
public static class NumberWords
{
    /// <summary>Six digits that count, with thousands apart and a true minus; a dash for none.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value)) return "–";
        var size = Math.Abs(value);
        var text = size is >= 1e9 or (> 0 and < 1e-4)
            ? value.ToString("0.#####e+0", CultureInfo.InvariantCulture)
            : value.ToString(size >= 1000 ? "#,##0.##" : "0.######", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A whole number with thousands apart.</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
