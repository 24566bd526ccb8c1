using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>A plot while somebody fills in the form: texts as typed, what is wrong with each, and what would be sent. For one circuit.</summary>
public sealed class PlotDraft
{
    // For a terminal, where an escaped & or < would only be harder to read.
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        ["kind"] = "line", ["start"] = "now-1h", ["end"] = "now", ["theme"] = "light", ["aggregate"] = "mean",
    };

    private Dictionary<string, string> _faults = [];

    /// <summary>The chosen series and patterns; empty for the eight with most points.</summary>
    public List<string> Series { get; } = [];

    /// <summary>True where it is to be kept under a name and drawn on a schedule.</summary>
    public bool Keep { get; set; }

    /// <summary>The name it is kept under.</summary>
    public string Name { get; set; } = "";

    /// <summary>When it is drawn.</summary>
    public string Schedule { get; set; } = "hourly";

    /// <summary>True where a scheduled plot is changed, whose name stands.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>The request, where nothing is wrong with it.</summary>
    public JobRequest? Request { get; private set; }

    /// <summary>The definition, where it is to be kept and nothing is wrong with it.</summary>
    public PlotDefinition? Definition { get; private set; }

    /// <summary>The range that the texts mean now; null where they mean none.</summary>
    public TimeRange? Range { get; private set; }

    /// <summary>The kind that is chosen.</summary>
    public PlotKindChoice Kind => PlotKindChoice.Of(this["kind"]);

    /// <summary>A field's text, under its name in a request; empty for its default.</summary>
    public string this[string field]
    {
        get => _texts.GetValueOrDefault(field, "");
        set => _texts[field] = value;
    }

    /// <summary>A draft like a request, to draw it again or change it.</summary>
    public static PlotDraft Like(JobRequest request)
    {
        var draft = new PlotDraft();
        draft.Take(JobRequestWriter.ToJson(request));
        return draft;
    }

    /// <summary>A draft that changes a scheduled plot.</summary>
    public static PlotDraft Like(PlotDefinition definition)
    {
        var draft = new PlotDraft { Keep = true, Name = definition.Name, Schedule = definition.Schedule, IsKnown = true };
        draft.Take(JobRequestWriter.ToJson(definition.Request));
        return draft;
    }

    /// <summary>A draft of what an address asks for, such as that of a chart's menu.</summary>
    public static PlotDraft Of(IReadOnlyList<string> series, string? start, string? end)
    {
        var draft = new PlotDraft();
        draft.Series.AddRange(series.Where(static s => s.Length > 0).Take(100));
        if (!string.IsNullOrWhiteSpace(start)) draft["start"] = start;
        if (!string.IsNullOrWhiteSpace(end)) draft["end"] = end;
        return draft;
    }

    /// <summary>What is wrong with a field, or null.</summary>
    public string? Fault(string field) => _faults.GetValueOrDefault(field);

    /// <summary>Reads the texts as the API would.</summary>
    /// <param name="limits">The bounds of a plot.</param>
    /// <param name="nowTicks">What <c>now</c> is.</param>
    public void Check(Limits limits, long nowTicks)
    {
        var json = JsonSerializer.SerializeToElement(ToJson());
        List<FieldFault> faults = [.. JobRequestReader.Read(json, limits, out var request)];
        var known = faults.Select(static f => f.Field).ToHashSet();
        Range = null;
        faults.AddRange(JobRange.Read(this["start"], this["end"], nowTicks, out var range).Where(f => !known.Contains(f.Field)));
        if (faults.Count == 0) Range = range;
        Request = faults.Count == 0 ? request : null;
        Definition = null;
        if (Keep)
        {
            var kept = PlotDefinitionJson.Read(Name, JsonSerializer.SerializeToElement(ToJson(withSchedule: true)), limits, out var definition);
            faults.AddRange(kept.Where(static f => f.Field is "name" or "schedule"));
            if (faults.Count == 0) Definition = definition;
        }

        _faults = faults.GroupBy(static f => f.Field).ToDictionary(static g => g.Key, static g => FaultLines.Of(g.Select(static f => f.Message))!);
    }

    /// <summary>The next times a scheduled plot is drawn, in UTC ticks.</summary>
    public IEnumerable<long> NextTimes(long nowTicks, int count)
    {
        var at = nowTicks;
        for (; count > 0 && Definition?.Times.Next(at) is { } next; count--) yield return at = next;
    }

    /// <summary>The line that does the same in a terminal.</summary>
    /// <param name="baseAddress">Where LiveDash is, ending in a slash.</param>
    public string Curl(string baseAddress) =>
        Keep ? CurlOf($"-X PUT {baseAddress}api/plots/{Name}", ToJson(withSchedule: true)) : CurlOf($"{baseAddress}api/jobs", ToJson());

    /// <summary>The line that submits a request in a terminal.</summary>
    public static string Curl(string baseAddress, JobRequest request) => CurlOf($"{baseAddress}api/jobs", JobRequestWriter.ToJson(request));

    /// <summary>The range that the texts mean, for people.</summary>
    public string RangeText() => Range is { } range ? $"{Moment(range.From)} to {Moment(range.To)} UTC" : "";

    private static string Moment(long ticks) => new DateTime(ticks).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string CurlOf(string target, JsonObject body) =>
        // Within single quotes a shell leaves all but a single quote alone.
        string.Create(CultureInfo.InvariantCulture, $"curl {target} -d '{body.ToJsonString(s_plain).Replace("'", "'\\''", StringComparison.Ordinal)}'");

    private void Take(JsonObject json)
    {
        foreach (var (name, value) in json)
        {
            if (name == "series") Series.AddRange(value!.AsArray().Select(static s => s!.GetValue<string>()));
            else this[name] = value!.ToString();
        }
    }

    // Only what this kind knows, and nothing that stands at its default.
    private JsonObject ToJson(bool withSchedule = false)
    {
        var json = new JsonObject { ["kind"] = this["kind"] };
        if (Series.Count > 0) json["series"] = new JsonArray([.. Series.Select(static s => JsonValue.Create(s))]);
        json["start"] = this["start"];
        json["end"] = this["end"];
        foreach (var field in (string[])["title", "width", "height", "dpi", "format", "theme", "xLabel", "yLabel", "aggregate", "bucket", "by", "bins", "log", "timeZone", "priority", "deadline"])
        {
            var isOfSome = field is "aggregate" or "bucket" or "by" or "bins" or "log";
            var text = this[field].Trim();
            if (text.Length == 0 || (isOfSome && !Kind.Fields.Contains(field))) continue;
            if ((field, text) is ("theme", "light") or ("aggregate", "mean") or ("log", "false")) continue;
            json[field] = field == "log" ? JsonValue.Create(true) : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && field is "width" or "height" or "dpi" or "bins" ? JsonValue.Create(number) : JsonValue.Create(text);
        }

        if (withSchedule) json["schedule"] = Schedule;
        return json;
    }
}
