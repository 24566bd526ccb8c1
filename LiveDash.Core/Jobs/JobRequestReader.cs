using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Reads a request from JSON, or from a form turned into JSON strings, and tells every field that is at fault. Numbers and booleans may be strings.
/// One reader a request; not thread-safe.
/// </summary>
public sealed class JobRequestReader
{
    private const int MostSeries = 100;
    private const int MostText = 200;
    private readonly Limits _limits;
    private readonly List<FieldFault> _faults = [];
    private readonly List<string> _series = [];
    private PlotSpec _plot = new();
    private string? _start;
    private string? _end;
    private JobPriority _priority = JobPriority.Normal;
    private TimeSpan? _deadline;

    private JobRequestReader(Limits limits) => _limits = limits;

    /// <summary>The names of all fields, for messages and forms.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "kind", "series", "start", "end", "width", "height", "dpi", "format", "theme", "title", "xLabel", "yLabel", "log", "aggregate", "bucket",
        "by", "bins", "timeZone", "priority", "deadline",
    ];

    /// <summary>Reads a request.</summary>
    /// <param name="json">An object.</param>
    /// <param name="limits">The bounds of a plot.</param>
    /// <param name="request">The request where nothing is at fault, else null.</param>
    /// <returns>Every fault, in the order of the fields; empty where the request is good.</returns>
    public static IReadOnlyList<FieldFault> Read(JsonElement json, Limits limits, out JobRequest? request)
    {
        request = null;
        if (json.ValueKind != JsonValueKind.Object) return [new("", "The request must be a JSON object such as {\"start\":\"2001\",\"end\":\"2021\"}.")];
        var reader = new JobRequestReader(limits);
        var seen = new HashSet<string>();
        foreach (var property in json.EnumerateObject())
        {
            if (!seen.Add(property.Name)) reader.Fault(property.Name, "It stands twice.");
            else if (property.Value.ValueKind != JsonValueKind.Null) reader.ReadField(property.Name, property.Value);
        }

        request = reader.Finish();
        return reader._faults;
    }

    private void Fault(string field, string message) => _faults.Add(new(field, message));

    private void ReadField(string name, JsonElement value)
    {
        switch (name)
        {
            case "kind": ReadKind(Text(name, value)); break;
            case "series": ReadSeries(value); break;
            case "start": _start = Time(name, value); break;
            case "end": _end = Time(name, value); break;
            case "width": _plot = _plot with { Width = Whole(name, value, 40, 10_000) ?? _plot.Width }; break;
            case "height": _plot = _plot with { Height = Whole(name, value, 20, 10_000) ?? _plot.Height }; break;
            case "dpi": _plot = _plot with { Dpi = Whole(name, value, 48, 600) ?? _plot.Dpi }; break;
            case "format": _plot = _plot with { Format = Named<PlotFormat>(name, value) ?? _plot.Format }; break;
            case "theme": ReadTheme(Text(name, value)); break;
            case "title": _plot = _plot with { Title = Text(name, value) ?? _plot.Title }; break;
            case "xLabel": _plot = _plot with { XLabel = Text(name, value) }; break;
            case "yLabel": _plot = _plot with { YLabel = Text(name, value) }; break;
            case "log": _plot = _plot with { Log = Flag(name, value) }; break;
            case "aggregate": _plot = _plot with { Aggregate = Named<PlotAggregate>(name, value) ?? _plot.Aggregate }; break;
            case "bucket": _plot = _plot with { Bucket = Duration(name, value, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(36_525)) }; break;
            case "by": _plot = _plot with { By = Text(name, value) }; break;
            case "bins": _plot = _plot with { Bins = Whole(name, value, 2, 500) }; break;
            case "timeZone": ReadZone(Text(name, value)); break;
            case "priority": _priority = Named<JobPriority>(name, value) ?? _priority; break;
            case "deadline": _deadline = Duration(name, value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)); break;
            default: Fault(name, $"There is no such field. The fields are {string.Join(", ", Fields)}."); break;
        }
    }

    private JobRequest? Finish()
    {
        if (_start is null && !_faults.Exists(static f => f.Field == "start")) Fault("start", "It is missing. Give a year, a date, a date-time, epoch milliseconds or a time such as now-1h.");
        if (_end is null && !_faults.Exists(static f => f.Field == "end")) Fault("end", "It is missing. Give a year, a date, a date-time, epoch milliseconds or a time such as now.");
        if (_plot.Pixels > _limits.MaxPlotPixels)
        {
            Fault("width", $"{_plot.Width} x {_plot.Height} at {_plot.Dpi} dpi is {_plot.Pixels:N0} pixels; LiveDash:Limits:MaxPlotPixels allows {_limits.MaxPlotPixels:N0}.");
        }

        if (_faults.Count > 0) return null;
        return new JobRequest { Plot = _plot, Series = _series, Start = _start!, End = _end!, Priority = _priority, Deadline = _deadline };
    }

    private string? Text(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(name, "It must be a string.");
            return null;
        }

        var text = value.GetString()!.Trim();
        if (text.Length > MostText) Fault(name, $"It is longer than {MostText} characters.");
        else if (text.AsSpan().ContainsAnyInRange('\0', '\u001f')) Fault(name, "It holds control characters.");
        else return text;
        return null;
    }

    private string? Time(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(name, value);

    private int? Whole(string name, JsonElement value, int least, int most)
    {
        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(name, $"It must be a whole number from {least} to {most:N0}.");
        return null;
    }

    private T? Named<T>(string name, JsonElement value) where T : struct, Enum
    {
        if (Text(name, value) is not { } text) return null;
        if (JobNames.TryName<T>(text.ToLowerInvariant(), out var found)) return found;
        Fault(name, $"'{text}' is none of {JobNames.All<T>()}.");
        return null;
    }

    private bool Flag(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "true" or "1" or "on") return true;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "false" or "0" or "off" or "") return false;
        Fault(name, "It must be true or false.");
        return false;
    }

    private TimeSpan? Duration(string name, JsonElement value, TimeSpan least, TimeSpan most)
    {
        if (Text(name, value) is not { Length: > 0 } text) return null;
        if (DurationText.TryParse(text, out var duration) && duration >= least && duration <= most) return duration;
        Fault(name, $"It must be a duration from {DurationText.Format(least)} to {DurationText.Format(most)}, such as 5m or 1h.");
        return null;
    }

    private void ReadKind(string? name)
    {
        if (name is null) return;
        if (JobNames.TryKind(name, out var kind)) _plot = _plot with { Kind = kind };
        else Fault("kind", $"'{name}' is none of {string.Join(", ", JobNames.KindNames)}.");
    }

    private void ReadTheme(string? name)
    {
        if (name is null) return;
        if (PlotTheme.Find(name) is { } theme) _plot = _plot with { Theme = theme };
        else Fault("theme", $"'{name}' is none of light, dark.");
    }

    private void ReadZone(string? name)
    {
        if (name is null) return;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) _plot = _plot with { Zone = zone };
        else Fault("timeZone", $"This machine knows no time zone '{name}'. Give a name such as UTC or Europe/Berlin.");
    }

    private void ReadSeries(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) AddSeries(item);
        }
        else
        {
            AddSeries(value);
        }

        if (_series.Count > MostSeries) Fault("series", $"At most {MostSeries} series or patterns can be named.");
    }

    private void AddSeries(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault("series", "It must be a string or a list of strings.");
            return;
        }

        var text = value.GetString()!.Trim();
        if (text.Length == 0) return;
        if (SeriesPattern.TryParse(text, out _)) _series.Add(text);
        else Fault("series", $"'{text}' is not a series such as cpu.load or cpu.load{{host=web*}}.");
    }
}
