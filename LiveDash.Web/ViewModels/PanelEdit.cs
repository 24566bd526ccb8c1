using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// A panel while somebody edits it: the state as edited, every step to be undone and redone, and what is wrong with it. For one circuit; at most
/// <see cref="MaxSteps"/> steps are kept.
/// </summary>
public sealed class PanelEdit
{
    /// <summary>How many steps can be taken back.</summary>
    public const int MaxSteps = 200;

    private readonly List<(DashboardPanel Panel, string Text)> _steps = [];
    private readonly Dictionary<string, string> _typed = [];
    private int _at;

    /// <summary>A new panel of a kind.</summary>
    public PanelEdit(PanelKind kind)
    {
        var (w, h) = DashboardLayout.DefaultSize(kind);
        IsNew = true;
        _steps.Add((new DashboardPanel { Id = Guid.NewGuid().ToString("N")[..12], Kind = kind, W = w, H = h, Window = kind == PanelKind.Stat ? DashboardPanel.RangeWindow : null }, ""));
    }

    /// <summary>A change to a panel.</summary>
    public PanelEdit(DashboardPanel panel) => _steps.Add((panel, ""));

    /// <summary>True for a panel that is not on the dashboard yet.</summary>
    public bool IsNew { get; }

    /// <summary>The panel as edited.</summary>
    public DashboardPanel Panel => _steps[_at].Panel;

    /// <summary>Puts the values of the dashboard's variables into a panel.</summary>
    public Func<DashboardPanel, DashboardPanel> Resolve { get; init; } = static panel => panel;

    /// <summary>The panel as edited, as it is looked at now.</summary>
    public DashboardPanel Shown => Resolve(Panel);

    /// <summary>How many edits are in it.</summary>
    public int Edits => _at;

    /// <summary>What was done last, such as "window 10s to 5s"; empty for nothing.</summary>
    public string LastText => _steps[_at].Text;

    /// <summary>True where there is a step to take back.</summary>
    public bool CanUndo => _at > 0;

    /// <summary>True where there is a step to do again.</summary>
    public bool CanRedo => _at < _steps.Count - 1;

    /// <summary>True when it can be shown and kept.</summary>
    public bool IsValid => Errors().Count == 0;

    /// <summary>Does a step; one that changes nothing is none.</summary>
    /// <param name="text">What it does, in words.</param>
    /// <param name="change">The change.</param>
    public void Do(string text, Func<DashboardPanel, DashboardPanel> change)
    {
        var changed = change(Panel);
        if (changed == Panel) return;
        _steps.RemoveRange(_at + 1, _steps.Count - _at - 1);
        _steps.Add((changed, text));
        if (_steps.Count > MaxSteps) _steps.RemoveAt(0);
        _at = _steps.Count - 1;
    }

    /// <summary>Changes how values are shown.</summary>
    public void DoFields(string text, Func<FieldConfig, FieldConfig> change) => Do(text, panel => panel with { Fields = change(panel.Fields) });

    /// <summary>Another kind: what the new one cannot show stays, for the way back; a new panel takes the new kind's size.</summary>
    public void ChangeKind(PanelKind kind) => Do($"kind {kind.ToString().ToLowerInvariant()}", panel =>
    {
        var (w, h) = IsNew ? DashboardLayout.DefaultSize(kind) : (panel.W, panel.H);
        return panel with { Kind = kind, W = w, H = h };
    });

    /// <summary>Takes a step back.</summary>
    public void Undo() => _at = Math.Max(0, _at - 1);

    /// <summary>Does a step again.</summary>
    public void Redo() => _at = Math.Min(_steps.Count - 1, _at + 1);

    /// <summary>Tells what is wrong with a text that is typed and stands in its field alone, such as a number that is none; null once nothing is.</summary>
    public void Tell(string field, string? fault)
    {
        if (fault is null) _typed.Remove(field);
        else _typed[field] = fault;
    }

    /// <summary>What is wrong, by field; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var panel = Panel;
        var errors = _typed.ToDictionary(static one => "typed " + one.Key, static one => $"{one.Key}: {one.Value}", StringComparer.Ordinal);
        Add("title", panel.Title.Length > DashboardPanel.MaxTitle ? $"At most {DashboardPanel.MaxTitle} characters." : panel.Kind == PanelKind.Section && panel.Title.Length == 0 ? "A section needs a name." : null);
        Add("window", DashboardPanelJson.CheckWindow(panel.Window));
        Add("aggregate", DashboardPanelJson.CheckAggregate(panel.Aggregate));
        for (var i = 0; i < panel.Queries.Count && panel.Kind == PanelKind.Chart; i++)
        {
            Add($"aggregate{i}", DashboardPanelJson.CheckAggregate(panel.Queries[i].Aggregate));
            Add($"window{i}", DashboardPanelJson.CheckWindow(panel.Queries[i].Window));
        }

        Add("plot", panel.Kind == PanelKind.Image ? DashboardPanelJson.CheckPlot(panel.Kind, panel.Plot ?? "") : null);
        Add("max", panel.Fields.Min >= panel.Fields.Max ? "It must be larger than the least." : null);
        Add("links", Numbered("Link", panel.Fields.Links.Select(static link => link.Title.Length == 0 ? "It needs a title." : PanelLink.CheckUrl(link.Url))));
        if (UsesExpression(panel))
        {
            ExpressionFaults.Read(Shown.Expression!.Text, out var faults);
            Add("expr", faults.Count == 0 ? null : string.Join('\n', faults));
        }
        else if (panel.Kind is not (PanelKind.Image or PanelKind.Section))
        {
            Add("series", panel.Series.Count == 0 && panel.Kind != PanelKind.Series ? "Choose at least one series."
                : panel.Series.Count > DashboardPanel.MaxPatterns ? $"At most {DashboardPanel.MaxPatterns}; a pattern such as cpu.* counts as one."
                : Numbered("Series", panel.Series.Select(DashboardPanelJson.CheckPattern)));
        }

        return errors;

        void Add(string field, string? error)
        {
            if (error is not null) errors[field] = error;
        }
    }

    // A line a fault; which one is meant is said where there are several.
    private static string? Numbered(string what, IEnumerable<string?> faults)
    {
        var all = faults.ToList();
        return FaultLines.Of(all.Select((fault, i) => fault is null ? null : all.Count == 1 ? fault : $"{what} {i + 1}: {fault}").OfType<string>());
    }

    /// <summary>The panel to keep: what its kind has no use for is left out.</summary>
    public DashboardPanel ToPanel() => Panel with
    {
        Title = Panel.Title.Trim(),
        Series = Panel.Kind is PanelKind.Image or PanelKind.Section || UsesExpression(Panel) ? [] : Panel.Series,
        Queries = Panel.Kind == PanelKind.Chart && !UsesExpression(Panel) ? Panel.Queries : [],
        Expression = UsesExpression(Panel) ? Panel.Expression : null,
        Plot = Panel.Kind == PanelKind.Image ? Panel.Plot : null,
        Ahead = Panel.Kind == PanelKind.Forecast ? Panel.Ahead : null,
        Target = Panel.Kind == PanelKind.Forecast ? Panel.Target : null,
    };

    private static bool UsesExpression(DashboardPanel panel) => panel is { Expression: not null, Kind: PanelKind.Chart or PanelKind.Stat };
}
