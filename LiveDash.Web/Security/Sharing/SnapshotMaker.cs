using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Engine;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Live;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Security.Sharing;

/// <summary>
/// Freezes a dashboard: draws each of its panels, or notes its figures, as they are within a range now, so that who looks at the snapshot asks the server's data for nothing. Who may is
/// for the caller to ask. Stateless; thread-safe.
/// </summary>
public sealed partial class SnapshotMaker(SnapshotBook book, QuickPlots plots, QueryEngine queries, PlotBook images, LiveEngine live, SeriesCatalog catalog, TimeProvider time)
{
    /// <summary>The longest time that one is good, in days.</summary>
    public const int MaxDays = 365;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    /// <summary>How many series a table of figures has.</summary>
    public const int MaxFigures = 50;

    private const int Steps = 300;
    private const string Busy = "Too many pictures are waited for; make the snapshot again in a minute.";

    private static readonly QueryLimits s_limits = new() { MaxPoints = 5_000_000, MaxTime = TimeSpan.FromSeconds(20), MaxBytes = 128L * 1024 * 1024 };

    /// <summary>Makes a snapshot.</summary>
    /// <param name="dashboard">What is frozen, as it is kept.</param>
    /// <param name="asked">What is chosen of its variables, by name.</param>
    /// <param name="range">The times that it shows.</param>
    /// <param name="name">What it is called; may be empty.</param>
    /// <param name="days">For how many days it is good, 1 to <see cref="MaxDays"/>.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The token, to be shown once, and the snapshot.</returns>
    /// <exception cref="AccountRuleException">There are too many, it is too large, or the times, the name or the days are none that it may have.</exception>
    public async Task<(string Token, Snapshot Made)> MakeAsync(Dashboard dashboard, IReadOnlyDictionary<string, string> asked, TimeRange range, string name, int days, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        if (range.IsEmpty) throw new AccountRuleException("The range of a snapshot ends after it begins.");
        var plain = name.Trim();
        if (plain.Length > MaxName) throw new AccountRuleException($"A snapshot's name has at most {MaxName} characters.");
        if (days is < 1 or > MaxDays) throw new AccountRuleException($"A snapshot is good for 1 to {MaxDays} days.");
        var choices = DashboardVariables.Choose(dashboard, asked, catalog);
        var visible = DashboardLayout.Visible(DashboardVariables.Resolve(dashboard, choices));
        // Before anything is drawn for nothing.
        book.CheckRoom(visible.Count, time.GetUtcNow());
        var (panels, pictures) = (new List<SnapshotPanel>(), new List<SnapshotPicture>());
        foreach (var panel in visible)
        {
            var place = new SnapshotPanel { Title = TitleOf(panel), IsSection = panel.Kind == PanelKind.Section, X = panel.X, Y = panel.Y, W = panel.W, H = panel.H, Unit = panel.Fields.Unit, Decimals = panel.Fields.Decimals };
            panels.Add(await FreezeAsync(panel, place, panels.Count, range, pictures, cancellationToken));
        }

        var now = time.GetUtcNow();
        return await book.MakeAsync(
            new Snapshot
            {
                Id = "", Dashboard = dashboard.Id, Title = dashboard.Name, Name = plain, From = range.From, To = range.To, MadeAt = now, MadeBy = by, ExpiresAt = now.AddDays(days), Variables = DashboardVariables.ValuesOf(choices),
            },
            panels, pictures, cancellationToken);
    }

    private static string TitleOf(DashboardPanel panel) =>
        panel.Title.Length > 0 ? panel.Title : panel.Expression?.Text ?? panel.Plot ?? (panel.Series.Count > 0 ? string.Join(", ", panel.Series) : "All series");

    // What cannot be frozen says so in its place, and holds up no other.
    private async Task<SnapshotPanel> FreezeAsync(DashboardPanel panel, SnapshotPanel place, int number, TimeRange range, List<SnapshotPicture> pictures, CancellationToken cancellationToken)
    {
        try
        {
            switch (panel.Kind)
            {
                case PanelKind.Section:
                    return place;
                case PanelKind.Image:
                    return images.Find(panel.Plot ?? "") is { } plot && await images.GetImageAsync(plot, cancellationToken) is { } image ? Pictured([image, image]) : place with { Note = "There is no picture yet." };
                case PanelKind.Chart or PanelKind.Stat when panel.Expression is { } expression:
                    return await OfExpressionAsync(panel, expression);
                case PanelKind.Forecast:
                    var (expected, drawn) = await ExpectAsync(panel, DrawAsync, cancellationToken);
                    return expected is null ? place with { Note = "There is no such series." } : Pictured(drawn) with { Forecast = expected };
                case PanelKind.States:
                    var strips = await StripsAsync(panel, range, cancellationToken);
                    return strips.Count > 0 ? place with { Strips = strips } : place with { Note = "There were no states." };
                case PanelKind.Chart when !ChartQueries.AllUsual(panel.Series, panel.Queries, panel.Aggregate, panel.Window):
                    return await OfQueriesAsync();
                case PanelKind.Chart:
                    return Pictured(await DrawAsync(spec => plots.DrawAsync(spec, panel.Series, range, cancellationToken), PlotKind.Line));
                case PanelKind.Grid:
                    return Pictured(await DrawAsync(spec => plots.DrawAsync(spec, panel.Series, range, cancellationToken), PlotKind.HeatmapGrid));
                default:
                    var figures = await plots.FiguresAsync(panel.Series, range, panel.Kind == PanelKind.Stat ? 1 : MaxFigures, cancellationToken) ?? throw new AccountRuleException(Busy);
                    return Figured([.. figures.Select(static one => new SnapshotFigure(one.Key.ToString(), one.Text is null ? one.Last : null, one.Text, one.Text is null ? one.Min : null, one.Text is null ? one.Mean : null, one.Text is null ? one.Max : null, one.Count))]);
            }
        }
        catch (Exception exception) when (exception is PlotException or QueryException)
        {
            return place with { Note = exception.Message };
        }

        SnapshotPanel Pictured(IReadOnlyList<byte[]> drawn)
        {
            pictures.AddRange(drawn.Select((body, i) => new SnapshotPicture(number, i == 1, body)));
            return place with { HasPicture = true };
        }

        SnapshotPanel Figured(IReadOnlyList<SnapshotFigure> figures) => figures.Count > 0 ? place with { Figures = figures } : place with { Note = "There were no points." };

        async Task<IReadOnlyList<byte[]>> DrawAsync(Func<PlotSpec, Task<byte[]?>> draw, PlotKind kind)
        {
            var spec = new PlotSpec { Kind = kind, Format = PlotFormat.Svg, Width = Math.Max(240, panel.W * 100), Height = Math.Max(120, (panel.H * 68) - 40), Title = "", YLabel = panel.Fields.Unit };
            return [await draw(spec) ?? throw new AccountRuleException(Busy), await draw(spec with { Theme = PlotTheme.Dark }) ?? throw new AccountRuleException(Busy)];
        }

        async Task<SnapshotPanel> OfQueriesAsync()
        {
            var shown = ChartQueries.Of(panel.Series, panel.Queries, panel.Aggregate, panel.Window, range.To - range.From, Math.Max(240, panel.W * 100));
            var lines = await plots.ReadAsync(most => ChartReading.ReadAsync(live, catalog, shown, range, most, cancellationToken), cancellationToken) ?? throw new AccountRuleException(Busy);
            var drawn = QueryPlot.Of(lines, panel.Aggregate, range);
            return Pictured(await DrawAsync(spec => plots.DrawAsync(spec, drawn, range, cancellationToken), PlotKind.Line));
        }

        async Task<SnapshotPanel> OfExpressionAsync(DashboardPanel of, PanelExpression expression)
        {
            if (!PromQuery.TryParse(expression.Text, out var expr, out _)) return place with { Note = "Its expression cannot be read." };
            var step = Math.Max(TimeSpan.TicksPerSecond, (range.To - range.From) / Steps);
            var answer = await queries.RangeAsync(expr!, range.From, range.To, step, s_limits, cancellationToken);
            var lines = ExpressionPlot.Of(answer, expression.Legend, expression.Text, catalog);
            if (lines.Count == 0) return place with { Note = "There were no points." };
            if (of.Kind == PanelKind.Chart) return Pictured(await DrawAsync(spec => plots.DrawAsync(spec, lines, range, cancellationToken), PlotKind.Line));
            return Figured([.. lines.Take(1).Select(static line => (line.Name, Values: line.Values.ToArray())).Select(static line => new SnapshotFigure(line.Name, line.Values[^1], null, line.Values.Min(), line.Values.Average(), line.Values.Max(), line.Values.Length))]);
        }
    }
}
