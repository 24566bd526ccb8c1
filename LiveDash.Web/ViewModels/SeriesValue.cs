using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Writes the value of a series for people: the text of a state, or a number with its unit. Pure.</summary>
public static class SeriesValue
{
    /// <summary>The value in words.</summary>
    public static string Text(SeriesCatalog catalog, int series, double value)
    {
        var key = catalog[series];
        return catalog.States.Find(key)?.TextOf(value) ?? ValueFormat.Format(value, ValueFormat.UnitOf(key)).ToString();
    }
}
