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

    /// <summary>True for a series of states, which are drawn as steps: there is nothing between two of them.</summary>
    public static bool IsState(SeriesCatalog catalog, int series)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return catalog.States.Find(catalog[series]) is not null;
    }
}
