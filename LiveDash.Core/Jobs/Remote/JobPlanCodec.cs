using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>A plan as the JSON that workers read, and back. Pure.</summary>
internal static class JobPlanCodec
{
    /// <summary>Writes what a worker must know.</summary>
    internal static string Write(Job job, PlotPlan plan, TimeSpan maxRunTime) => new JsonObject
    {
        ["request"] = JobRequestWriter.ToJson(job.Request),
        ["unit"] = plan.Spec.Unit,
        ["series"] = new JsonArray([.. plan.Series.Select(static s => JsonValue.Create(s.Key.ToString()))]),
        ["colors"] = new JsonArray([.. plan.Series.Select(static s => JsonValue.Create(s.Color))]),
        ["from"] = plan.Range.From,
        ["to"] = plan.Range.To,
        ["axisFrom"] = plan.Axis.From,
        ["axisTo"] = plan.Axis.To,
        ["expected"] = plan.Expected,
        ["mostPoints"] = plan.MostPoints,
        ["fingerprint"] = plan.Fingerprint,
        ["deadlineAt"] = job.DeadlineAt,
        ["maxRunMs"] = (long)maxRunTime.TotalMilliseconds,
    }.ToJsonString();

    /// <summary>Reads it.</summary>
    /// <exception cref="PlotException">A server of another version wrote it.</exception>
    internal static JobTicket Read(string id, int attempt, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            // The server has held the request against its own limits; a worker has none of its own.
            var limits = new Limits { MaxPlotPixels = int.MaxValue };
            if (JobRequestReader.Read(json.GetProperty("request"), limits, out var request) is { Count: > 0 } faults) throw new PlotException(faults[0].Message);
            var plan = new PlotPlan
            {
                Spec = request!.Plot with { Unit = json.GetProperty("unit").GetString() },
                Series = [.. json.GetProperty("series").EnumerateArray().Zip(json.GetProperty("colors").EnumerateArray(), static (s, color) => (s, color)).Select(static (one, i) => new PlotSeries(i, Key(one.s.GetString()!), one.color.GetInt32()))],
                Range = new(Long("from"), Long("to")),
                Axis = new(Long("axisFrom"), Long("axisTo")),
                Expected = Long("expected"),
                MostPoints = Long("mostPoints"),
                Fingerprint = json.GetProperty("fingerprint").GetString()!,
            };
            var deadline = json.GetProperty("deadlineAt");
            return new JobTicket(id, attempt, plan, deadline.ValueKind == JsonValueKind.Number ? deadline.GetInt64() : null, TimeSpan.FromMilliseconds(Long("maxRunMs")));

            long Long(string name) => json.GetProperty(name).GetInt64();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PlotException("This worker cannot read the job; it and the server are of different versions.");
        }
    }

    private static SeriesKey Key(string text) => SeriesKey.TryParse(text, out var key) ? key! : throw new FormatException(text);
}
