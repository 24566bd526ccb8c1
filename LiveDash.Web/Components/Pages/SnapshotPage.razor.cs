using System.Globalization;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>A dashboard as it was, for whoever has the address: out of the snapshot's own documents and nothing else of the server. Rendered without a circuit.</summary>
public sealed partial class SnapshotPage : ComponentBase
{
    private Snapshot? _snapshot;
    private IReadOnlyList<SnapshotPanel> _panels = [];

    /// <summary>What opens it.</summary>
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private SnapshotBook Book { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        _snapshot = Token.Length is >= 20 and <= 100 ? Book.Find(Token, Time.GetUtcNow()) : null;
        if (_snapshot is null) Context.Response.StatusCode = StatusCodes.Status410Gone;
        else _panels = await Book.PanelsAsync(_snapshot, Context.RequestAborted);
    }

    // As the panel writes it: in its own unit, or in what the series' name says.
    private static string Figure(SnapshotPanel panel, SnapshotFigure figure, double? value)
    {
        if (value is not { } number) return "";
        var suggested = SeriesKey.TryParse(figure.Series, out var key) ? ValueFormat.UnitOf(key!) : ValueUnit.Number;
        return FieldFormat.Of(new FieldConfig { Unit = panel.Unit, Decimals = panel.Decimals }, suggested).Format(number).ToString();
    }

    private string Expected(SnapshotPanel panel, SnapshotForecast forecast)
    {
        string Text(double? value) => Figure(panel, new SnapshotFigure(forecast.Series, null, null, null, null, null, 0), value);
        var said = forecast.Value is null ? "What is expected could not be told yet." : $"Expected at {Zone.Text(forecast.At)}: {Text(forecast.Value)}, 95 % from {Text(forecast.Low)} to {Text(forecast.High)}.";
        return forecast is { Target: { } target, Reach: { } reach } ? $"{said} {Text(target)} is reached: {reach}." : said;
    }

    private IEnumerable<(string X, string Width, SnapshotStretch Stretch)> Placed(SnapshotStrip strip)
    {
        var scale = 1000.0 / (_snapshot!.To - _snapshot.From);
        return strip.Stretches.Select(one => (((one.From - _snapshot.From) * scale).ToString("F2", CultureInfo.InvariantCulture), ((one.To - one.From) * scale).ToString("F2", CultureInfo.InvariantCulture), one));
    }

    private string Spoken(SnapshotStrip strip) => $"{strip.Series}: {string.Join(", ", strip.Stretches.TakeLast(20).Select(one => $"{one.Text} from {Zone.Text(one.From)}"))}";

    private string Picture(int panel) => $"snapshot-picture/{Token}/{panel}";
}
