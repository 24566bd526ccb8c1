using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>A rule's condition as fields. It changes nothing by itself: each change is told as another form.</summary>
public sealed partial class RuleConditionForm : ComponentBase
{
    private static readonly string[] s_aggregates =
        ["mean", "last", "max", "min", "p50", "p95", "p99", "rate", "slope", "std", "sum", "count", "delta", "increase", "zscore", "ewma 30s", "above 80", "below 10"];

    private static readonly string[] s_windows = ["1", "30s", "1m", "5m", "15m", "1h", "500"];
    private static readonly string[] s_durations = ["5s", "10s", "30s", "1m", "5m", "15m"];
    private readonly string _id = "rule-form-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public required RuleForm Form { get; set; }

    /// <summary>False while the text has a fault, so that the fields may say something else.</summary>
    [Parameter]
    public bool IsCurrent { get; set; } = true;

    /// <summary>A field was changed.</summary>
    [Parameter, EditorRequired]
    public EventCallback<RuleForm> OnChanged { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    private string[] SeriesLike(string text) => [.. SeriesSearch.Find(Catalog, text.Contains('{', StringComparison.Ordinal) ? text.Split('{')[0] : text).Shown.Select(static key => key.ToString()).Take(20)];

    private string Matches(string text)
    {
        if (!SeriesPattern.TryParse(text.Trim(), out var pattern)) return "such as cpu.load or cpu.load{host=*}";
        var count = Catalog.Match(pattern!).Count;
        return count switch
        {
            0 => "no such series yet",
            1 => "1 series",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} series, each an alert of its own"),
        };
    }

    // What the series that match have been so far.
    private string[] StatesOf(string text) => SeriesPattern.TryParse(text.Trim(), out var pattern)
        ? [.. Catalog.Match(pattern!).Select(series => Catalog.States.Find(Catalog[series])).OfType<StateWords>().SelectMany(static words => words.Texts).Distinct().Take(50)]
        : [];

    private Task Set(int index, RuleFormLine line) => OnChanged.InvokeAsync(Form.With(index, line));

    private Task SetKind(int index, RuleFormKind kind)
    {
        var line = Form.Lines[index] with { Kind = kind };
        // What the other kind asks for begins at something that can be read, so that the preview goes on.
        if (kind == RuleFormKind.Outside && line.Low.Length == 0) line = line with { Low = "0", High = line.Threshold.Length > 0 ? line.Threshold : "100" };
        if (kind == RuleFormKind.State && line.State.Length == 0) line = line with { State = StatesOf(line.Series).FirstOrDefault() ?? "stopped" };
        if (kind == RuleFormKind.Compare && line.Threshold.Length == 0) line = line with { Threshold = line.High.Length > 0 ? line.High : "0" };
        return Set(index, line);
    }

    private Task JoinAsync(ChangeEventArgs change) => OnChanged.InvokeAsync(Form with { Any = change.Value is "or" });

    private Task AddLine() => OnChanged.InvokeAsync(Form with { Lines = [.. Form.Lines, Form.Lines[^1] with { Not = false }] });

    private Task RemoveLine(int index) => OnChanged.InvokeAsync(Form with { Lines = [.. Form.Lines.Where((_, i) => i != index)] });

    private Task AddStep()
    {
        var last = Form.Steps.Count > 0 ? Form.Steps[^1].Threshold : Form.Lines[0].Threshold;
        var isDownward = Form.Lines[0].Sign is "<" or "<=";
        var next = double.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? RuleFormLine.Number(number + ((isDownward ? -1 : 1) * Math.Max(1, Math.Round(Math.Abs(number) * 0.1))))
            : "";
        return OnChanged.InvokeAsync(Form with { Steps = [.. Form.Steps, ("critical", next)] });
    }
}
