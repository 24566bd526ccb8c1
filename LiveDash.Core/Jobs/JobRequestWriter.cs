using System.Text.Json.Nodes;
using LiveDash.Core.Plots;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Jobs;

/// <summary>Writes a request as the JSON that <see cref="JobRequestReader"/> reads, without what is at its default. Pure.</summary>
public static class JobRequestWriter
{
    /// <summary>The request as JSON.</summary>
    public static JsonObject ToJson(JobRequest request)
    {
        var plot = request.Plot;
        var standard = new PlotSpec();
        var json = new JsonObject { ["kind"] = JobNames.Of(plot.Kind) };
        if (request.Series.Count > 0) json["series"] = new JsonArray([.. request.Series.Select(static s => JsonValue.Create(s))]);
        json["start"] = request.Start;
        json["end"] = request.End;
        if (plot.Width != standard.Width) json["width"] = plot.Width;
        if (plot.Height != standard.Height) json["height"] = plot.Height;
        if (plot.Dpi != standard.Dpi) json["dpi"] = plot.Dpi;
        if (plot.Format != standard.Format) json["format"] = JobNames.Of(plot.Format);
        if (plot.Theme != standard.Theme) json["theme"] = plot.Theme.Name;
        if (plot.Title is { } title) json["title"] = title;
        if (plot.XLabel is { } xLabel) json["xLabel"] = xLabel;
        if (plot.YLabel is { } yLabel) json["yLabel"] = yLabel;
        if (plot.Log) json["log"] = true;
        if (plot.Aggregate != standard.Aggregate) json["aggregate"] = JobNames.Of(plot.Aggregate);
        if (plot.Bucket is { } bucket) json["bucket"] = DurationText.Format(bucket);
        if (plot.By is { } by) json["by"] = by;
        if (plot.Bins is { } bins) json["bins"] = bins;
        if (!plot.Zone.Equals(TimeZoneInfo.Utc)) json["timeZone"] = plot.Zone.Id;
        if (request.Priority != JobPriority.Normal) json["priority"] = JobNames.Of(request.Priority);
        if (request.Deadline is { } deadline) json["deadline"] = DurationText.Format(deadline);
        return json;
    }
}
