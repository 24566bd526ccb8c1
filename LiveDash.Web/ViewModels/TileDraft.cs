using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>A tile while somebody fills in the dialog: texts as typed, and what is wrong with each. For one circuit.</summary>
public sealed class TileDraft
{
    private readonly DashboardTile? _original;

    /// <summary>A new tile.</summary>
    public TileDraft()
    {
    }

    /// <summary>A change to a tile.</summary>
    public TileDraft(DashboardTile tile)
    {
        _original = tile;
        Kind = tile.Kind;
        Series = [.. tile.Series];
        Title = tile.Title;
        Window = tile.Window ?? "";
        Aggregate = tile.Aggregate ?? "";
        Plot = tile.Plot ?? "";
        Span = tile.Span is { } span ? DurationText.Format(span) : "";
    }

    /// <summary>True for a tile that is not on the dashboard yet.</summary>
    public bool IsNew => _original is null;

    /// <summary>What it shows.</summary>
    public TileKind Kind { get; set; } = TileKind.Chart;

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
    public string? TitleError => Title.Trim().Length > DashboardTile.MaxTitle ? $"At most {DashboardTile.MaxTitle} characters." : null;

    /// <summary>What is wrong with the series, or null.</summary>
    public string? SeriesError =>
        Kind == TileKind.Image ? null
        : Series.Count == 0 && Kind != TileKind.Series ? "Choose at least one series."
        : Series.Count > DashboardTile.MaxPatterns ? $"At most {DashboardTile.MaxPatterns}; a pattern such as cpu.* counts as one."
        : Series.Select(DashboardTileJson.CheckPattern).FirstOrDefault(error => error is not null);

    /// <summary>What is wrong with the window, or null.</summary>
    public string? WindowError => DashboardTileJson.CheckWindow(Window);

    /// <summary>What is wrong with the aggregate, or null.</summary>
    public string? AggregateError => DashboardTileJson.CheckAggregate(Aggregate);

    /// <summary>What is wrong with the kept plot, or null.</summary>
    public string? PlotError => DashboardTileJson.CheckPlot(Kind, Plot);

    /// <summary>What is wrong with the span, or null.</summary>
    public string? SpanError => DashboardTileJson.CheckSpan(Span, out _);

    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => (TitleError ?? SeriesError ?? WindowError ?? AggregateError ?? PlotError ?? SpanError) is null;

    /// <summary>The tile; a new one has the size of its kind, a changed one keeps its place.</summary>
    public DashboardTile ToTile()
    {
        _ = DashboardTileJson.CheckSpan(Span, out var span);
        var (w, h) = DashboardLayout.DefaultSize(Kind);
        var tile = _original ?? new DashboardTile { Id = Guid.NewGuid().ToString("N")[..12], Kind = Kind, W = w, H = h };
        return tile with
        {
            Kind = Kind,
            Series = Kind == TileKind.Image ? [] : [.. Series],
            Plot = Kind == TileKind.Image ? Plot : null,
            Title = Title.Trim(),
            Window = Trimmed(Window),
            Aggregate = Kind == TileKind.Stat ? Trimmed(Aggregate) : null,
            Span = span,
        };
    }

    private static string? Trimmed(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
