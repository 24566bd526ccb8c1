using LiveDash.Core.Configuration;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>The window settings while somebody edits them: texts as typed, what is wrong with each, and what they would mean. For one circuit.</summary>
public sealed class WindowSettingsDraft
{
    private WindowSettings _base;
    private Dictionary<string, string> _faults = [];

    /// <summary>Starts from settings.</summary>
    public WindowSettingsDraft(WindowSettings settings)
    {
        _base = settings;
        Default = "";
        Take(settings);
    }

    /// <summary>The default window's text.</summary>
    public string Default { get; private set; }

    /// <summary>The overrides, in order; the first that matches a series decides.</summary>
    public List<WindowOverride> Overrides { get; } = [];

    /// <summary>What the texts mean while they are valid; else what they meant last.</summary>
    public WindowPlan Plan { get; private set; } = new(WindowSettings.Initial);

    /// <summary>True when something differs from what it started from.</summary>
    public bool IsDirty => Default != _base.Default || !Overrides.SequenceEqual(_base.Overrides);

    /// <summary>How many parts differ: the default, each override that is new or changed, each that went, and the order where nothing else differs.</summary>
    public int Edits
    {
        get
        {
            var edits = (IsDefaultEdited ? 1 : 0) + Overrides.Where((_, i) => IsEdited(i)).Count() + _base.Overrides.Count(was => Overrides.TrueForAll(one => one.Series != was.Series));
            return edits == 0 && IsDirty ? 1 : edits;
        }
    }

    /// <summary>True where the default differs.</summary>
    public bool IsDefaultEdited => Default != _base.Default;

    /// <summary>True where they are what a new installation has.</summary>
    public bool IsInitial => Default == WindowSettings.Initial.Default && Overrides.Count == 0;

    /// <summary>True where an override is new or differs from what is in force.</summary>
    public bool IsEdited(int index) => !_base.Overrides.Contains(Overrides[index]);

    /// <summary>The window that an override of the same series, or the default (-1), has in force; null where there is none.</summary>
    public string? Before(int index) => index < 0 ? _base.Default : _base.Overrides.FirstOrDefault(was => was.Series == Overrides[index].Series)?.Window;

    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => _faults.Count == 0;

    /// <summary>What is wrong with a field such as <c>overrides[0].window</c>, or null.</summary>
    public string? Fault(string field) => _faults.GetValueOrDefault(field);

    /// <summary>Starts anew from other settings.</summary>
    public void Take(WindowSettings settings)
    {
        _base = settings;
        Default = settings.Default;
        Overrides.Clear();
        Overrides.AddRange(settings.Overrides);
        Check();
    }

    /// <summary>Puts other settings in as edits: what it started from stays.</summary>
    public void Edit(WindowSettings settings)
    {
        var before = _base;
        Take(settings);
        _base = before;
    }

    /// <summary>Sets the default window's text.</summary>
    public void SetDefault(string text)
    {
        Default = text;
        Check();
    }

    /// <summary>Changes one override.</summary>
    public void Set(int index, WindowOverride changed)
    {
        Overrides[index] = changed;
        Check();
    }

    /// <summary>Adds an override at the end.</summary>
    public void Add(WindowOverride added)
    {
        Overrides.Add(added);
        Check();
    }

    /// <summary>Removes one.</summary>
    public void RemoveAt(int index)
    {
        Overrides.RemoveAt(index);
        Check();
    }

    /// <summary>Moves one a place up (-1) or down (+1), where there is one.</summary>
    public void Move(int index, int by)
    {
        var to = index + by;
        if (to < 0 || to >= Overrides.Count) return;
        (Overrides[index], Overrides[to]) = (Overrides[to], Overrides[index]);
        Check();
    }

    /// <summary>The settings as typed.</summary>
    public WindowSettings ToSettings() => new() { Default = Default.Trim(), Overrides = [.. Overrides.Select(Trimmed)] };

    /// <summary>How many series each override decides, and last the default: the first match wins.</summary>
    public IReadOnlyList<int> CountSeries(SeriesCatalog catalog)
    {
        var patterns = Overrides.Select(one => SeriesPattern.TryParse(one.Series.Trim(), out var pattern) ? pattern : null).ToList();
        var counts = new int[patterns.Count + 1];
        for (var i = 0; i < catalog.Count; i++)
        {
            var key = catalog[i];
            var at = patterns.FindIndex(pattern => pattern?.Matches(key) ?? false);
            counts[at < 0 ? patterns.Count : at]++;
        }

        return counts;
    }

    private static WindowOverride Trimmed(WindowOverride one) => one with
    {
        Series = one.Series.Trim(),
        Window = one.Window.Trim(),
        Lateness = string.IsNullOrWhiteSpace(one.Lateness) ? null : one.Lateness.Trim(),
    };

    private void Check()
    {
        var settings = ToSettings();
        var faults = WindowSettingsValidator.Validate(settings);
        _faults = faults.GroupBy(static fault => fault.Field).ToDictionary(static group => group.Key, static group => FaultLines.Of(group.Select(static fault => fault.Detail))!);
        if (faults.Count == 0) Plan = new WindowPlan(settings);
    }
}
