using System.Runtime.InteropServices;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Query;

namespace LiveDash.Core.Live.Variables;

/// <summary>The variables of dashboards: which values there are, which one counts, and the dashboard that comes of it. Stateless; thread-safe.</summary>
public static class DashboardVariables
{
    /// <summary>How many values of a tag are offered.</summary>
    public const int MaxValues = 500;

    private static readonly Comparer<string> s_order = Comparer<string>.Create(static (a, b) => StringComparer.OrdinalIgnoreCase.Compare(a, b) is not 0 and var order ? order : string.CompareOrdinal(a, b));

    /// <summary>
    /// What counts of each variable: what is asked for, where it is a value; else what the variable begins with, else all, else the first value that there is. A value that no series has (yet) may be asked for: its panels are empty until one comes.
    /// </summary>
    /// <param name="dashboard">The dashboard, as it is kept.</param>
    /// <param name="asked">Values by the names of variables; others are not looked at.</param>
    /// <param name="catalog">The series that there are: of each variable those are looked at that its pattern may choose, and without one the values of its tag alone.</param>
    /// <param name="isFixed">True where nothing but what is asked for may be seen: a variable of which no value is asked for, or none that it may have, is <see cref="Placeholders.Nothing"/>.</param>
    public static IReadOnlyList<VariableChoice> Choose(Dashboard dashboard, IReadOnlyDictionary<string, string> asked, SeriesCatalog catalog, bool isFixed = false)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(catalog);
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        var choices = new List<VariableChoice>(dashboard.Variables.Count);
        foreach (var variable in dashboard.Variables)
        {
            var values = ValuesOf(variable, new Placeholders(chosen), catalog);
            var value = asked.TryGetValue(variable.Name, out var wanted) && IsChoice(variable, wanted) ? wanted
                : isFixed ? Placeholders.Nothing
                : variable.Default is { } first && IsChoice(variable, first) ? first
                : variable.HasAll ? Placeholders.Any : values.Count > 0 ? values[0] : "";
            chosen[variable.Name] = value;
            choices.Add(new VariableChoice(variable, value, values));
        }

        return choices;
    }

    /// <summary>What was chosen, by name.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(IEnumerable<VariableChoice> choices) => choices.ToDictionary(static one => one.Variable.Name, static one => one.Value, StringComparer.Ordinal);

    /// <summary>The dashboard with values in the place of its variables: nothing of it is to be kept.</summary>
    public static Dashboard Resolve(Dashboard dashboard, IEnumerable<VariableChoice> choices)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        var placeholders = new Placeholders(ValuesOf(choices));
        return placeholders.IsEmpty ? dashboard : dashboard with { Panels = [.. dashboard.Panels.Select(panel => Resolve(panel, placeholders))] };
    }

    /// <summary>The dashboard with any value in the place of its variables: all that it can show.</summary>
    public static Dashboard OfAll(Dashboard dashboard)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        return Resolve(dashboard, dashboard.Variables.Select(static variable => new VariableChoice(variable, Placeholders.Any, [])));
    }

    /// <summary>A panel with values in the place of variables: in its title, its series, its expression and the legend of it, and its links.</summary>
    public static DashboardPanel Resolve(DashboardPanel panel, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(placeholders);
        if (placeholders.IsEmpty) return panel;
        return panel with
        {
            Title = placeholders.Put(panel.Title),
            Series = [.. panel.Series.Select(placeholders.PutPattern)],
            Expression = panel.Expression is { } expression ? expression with { Text = ExpressionPlaceholders.Put(expression.Text, placeholders), Legend = placeholders.Put(expression.Legend) } : null,
            Fields = Resolve(panel.Fields, placeholders),
        };
    }

    // The same object where nothing changed: lists are compared by reference, and what compares panels would find each changed each time.
    private static FieldConfig Resolve(FieldConfig fields, Placeholders placeholders)
    {
        PanelLink[] links = [.. fields.Links.Select(link => new PanelLink(placeholders.Put(link.Title), placeholders.Put(link.Url, Uri.EscapeDataString)))];
        return links.SequenceEqual(fields.Links) ? fields : fields with { Links = links };
    }

    private static bool IsChoice(DashboardVariable variable, string value) =>
        value.Length > 0 && DashboardVariable.CheckValue(value) is null && (value != Placeholders.Any || variable.HasAll);

    private static IReadOnlyList<string> ValuesOf(DashboardVariable variable, Placeholders before, SeriesCatalog catalog)
    {
        SeriesPattern? pattern = null;
        if (variable.Series.Length > 0 && !SeriesPattern.TryParse(before.PutPattern(variable.Series), out pattern)) return [];
        var found = new SortedSet<string>(s_order);
        foreach (var value in ValuesOf(variable.Tag, pattern, catalog))
        {
            // A star that was sent would stand for all where it is chosen.
            if (value == Placeholders.Any || !IsChoice(variable, value)) continue;
            found.Add(value);
            // The last of too many goes, so that those that stay do not depend on which came first.
            if (found.Count > MaxValues) found.Remove(found.Max!);
        }

        return [.. found];
    }

    // Where the index holds the tag, only the values of it, or the series that a pattern may choose, are looked at.
    private static IEnumerable<string> ValuesOf(string tag, SeriesPattern? pattern, SeriesCatalog catalog)
    {
        if (pattern is null && tag != SeriesPostings.Name) return catalog.Postings.Values(tag);
        return MemoryMarshal.ToEnumerable(catalog.Postings.Narrow(pattern?.Conditions ?? [])).Select(one => catalog[one]).Where(key => pattern?.Matches(key) ?? true).Select(key => key.Tag(tag)).OfType<string>();
    }
}
