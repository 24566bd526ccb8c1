using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// A dashboard as somebody looks at it: what counts of its variables, and its panels with these values. Made anew only where the dashboard, what is asked for or the series there are have
/// changed. For one circuit's thread.
/// </summary>
public sealed class DashboardView
{
    private Dashboard? _kept;
    private IReadOnlyDictionary<string, string> _asked = new Dictionary<string, string>();
    private int _series = -1;
    private bool _isFixed;

    /// <summary>What is on screen; null for no dashboard. Nothing of it is to be kept.</summary>
    public Dashboard? Shown { get; private set; }

    /// <summary>What counts of each variable, and what else may.</summary>
    public IReadOnlyList<VariableChoice> Choices { get; private set; } = [];

    /// <summary>What is chosen, by the names of variables.</summary>
    public IReadOnlyDictionary<string, string> Values => DashboardVariables.ValuesOf(Choices);

    /// <summary>The variables of which nothing may be seen, since what they are fixed to is none of their values (any more).</summary>
    public IEnumerable<string> Lost => Choices.Where(static one => one.Value == Placeholders.Nothing).Select(static one => one.Variable.Name);

    /// <summary>Looks at a dashboard.</summary>
    /// <param name="kept">The dashboard as it is kept; null for none.</param>
    /// <param name="asked">What is asked for, by the names of variables.</param>
    /// <param name="catalog">The series that there are.</param>
    /// <param name="isFixed">True where nothing but what is asked for may be seen.</param>
    public void Look(Dashboard? kept, IReadOnlyDictionary<string, string> asked, SeriesCatalog catalog, bool isFixed = false)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(catalog);
        if (kept is not { Variables.Count: > 0 })
        {
            (_kept, _series, Shown, Choices) = (kept, -1, kept, []);
            return;
        }

        var count = catalog.Count;
        if (ReferenceEquals(kept, _kept) && count == _series && isFixed == _isFixed && asked.Count == _asked.Count && asked.All(one => _asked.TryGetValue(one.Key, out var value) && value == one.Value)) return;
        (_kept, _asked, _series, _isFixed) = (kept, asked, count, isFixed);
        Choices = DashboardVariables.Choose(kept, asked, catalog, isFixed);
        Shown = DashboardVariables.Resolve(kept, Choices);
    }

    /// <summary>A panel, as it is edited, with the values of now.</summary>
    public DashboardPanel Of(DashboardPanel panel) => DashboardVariables.Resolve(panel, new Placeholders(Values));
}
