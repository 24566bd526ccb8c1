using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>A panel while somebody fills in the dialog: texts as typed, and what is wrong with each. For one circuit.</summary>
public sealed class PanelDraft
{
    private readonly DashboardPanel? _original;

    /// <summary>A new panel.</summary>
    public PanelDraft()
    {
    }

    /// <summary>A change to a panel.</summary>
    public PanelDraft(DashboardPanel panel)
    {
        _original = panel;
        Kind = panel.Kind;
        Series = [.. panel.Series];
        Title = panel.Title;
        Window = panel.Window ?? "";
        Aggregate = panel.Aggregate ?? "";
        Plot = panel.Plot ?? "";
        Span = panel.Span is { } span ? DurationText.Format(span) : "";
    }

    /// <summary>True for a panel that is not on the dashboard yet.</summary>
    public bool IsNew => _original is null;

    /// <summary>What it shows.</summary>
    public PanelKind Kind { get; set; } = PanelKind.Chart;

    /// <summary>The chosen series and patterns.</summary>
    public List<string> Series { get; } = [];

    /// <summary>Its name; empty for one made from the series.</summary>
    public string Title { get; set; } = "";

    /// <summary>Window text; empty for that of the settings.</summary>
    public string Window { get; set; } = "";

    /// <summary>Aggregate text; empty for the newest value.</summary>
    public string Aggregate { get; set; } = "";

    /// <summary>The kept plot that an image shows.</summary>
    public string Plot { get; set; } = "";

    /// <summary>Span text; empty for that of the dashboard.</summary>
    public string Span { get; set; } = "";

    /// <summary>What is wrong with the title, or null.</summary>
    public string? TitleError => Title.Trim().Length > DashboardPanel.MaxTitle ? $"At most {DashboardPanel.MaxTitle} characters." : null;

    /// <summary>What is wrong with the series, or null.</summary>
    public string? SeriesError =>
        Kind == PanelKind.Image ? null
        : Series.Count == 0 && Kind != PanelKind.Series ? "Choose at least one series."
        : Series.Count > DashboardPanel.MaxPatterns ? $"At most {DashboardPanel.MaxPatterns}; a pattern such as cpu.* counts as one."
        : Series.Select(DashboardPanelJson.CheckPattern).FirstOrDefault(error => error is not null);

    /// <summary>What is wrong with the window, or null.</summary>
    public string? WindowError => DashboardPanelJson.CheckWindow(Window);

    /// <summary>What is wrong with the aggregate, or null.</summary>
    public string? AggregateError => DashboardPanelJson.CheckAggregate(Aggregate);

    /// <summary>What is wrong with the kept plot, or null.</summary>
    public string? PlotError => DashboardPanelJson.CheckPlot(Kind, Plot);

    /// <summary>What is wrong with the span, or null.</summary>
    public string? SpanError => DashboardPanelJson.CheckSpan(Span, out _);

    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => (TitleError ?? SeriesError ?? WindowError ?? AggregateError ?? PlotError ?? SpanError) is null;

    /// <summary>The panel; a new one has the size of its kind, a changed one keeps its place.</summary>
    public DashboardPanel ToPanel()
    {
        _ = DashboardPanelJson.CheckSpan(Span, out var span);
        var (w, h) = DashboardLayout.DefaultSize(Kind);
        var panel = _original ?? new DashboardPanel { Id = Guid.NewGuid().ToString("N")[..12], Kind = Kind, W = w, H = h };
        return panel with
        {
            Kind = Kind,
            Series = Kind == PanelKind.Image ? [] : [.. Series],
            Plot = Kind == PanelKind.Image ? Plot : null,
            Title = Title.Trim(),
            Window = Trimmed(Window),
            Aggregate = Kind == PanelKind.Stat ? Trimmed(Aggregate) : null,
            Span = span,
        };
    }

    private static string? Trimmed(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
