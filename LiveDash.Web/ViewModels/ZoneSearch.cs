namespace LiveDash.Web.ViewModels;

/// <summary>Finds time zones by what somebody types of their names: blanks stand for underscores, and letters for themselves in either case. Pure.</summary>
public static class ZoneSearch
{
    /// <summary>The zones whose names hold a text, those first whose city begins with it.</summary>
    public static IEnumerable<string> Find(string? text)
    {
        var wanted = Written(text);
        return ViewZone.Names.Where(name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).OrderBy(name => City(name).StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0 : 1);
    }

    /// <summary>The zone that a text means: the one of that name, else the one city of that name, else the only one that holds it; null where it is none or not clear.</summary>
    public static string? Choose(string? text)
    {
        var wanted = Written(text);
        if (wanted.Length == 0) return null;
        var found = Find(wanted).ToList();
        return found.Find(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? Only(found.Where(name => City(name).Equals(wanted, StringComparison.OrdinalIgnoreCase))) ?? Only(found);
    }

    private static string Written(string? text) => (text ?? "").Trim().Replace(' ', '_');

    private static string City(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string? Only(IEnumerable<string> names) => names.Take(2).ToList() is [var one] ? one : null;
}
