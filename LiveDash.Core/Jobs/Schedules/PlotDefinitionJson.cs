using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>A definition as JSON: the fields of a job request with <c>schedule</c> and <c>paused</c> beside them. Pure.</summary>
public static class PlotDefinitionJson
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 64;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? CheckName(string name) =>
        name.Length is 0 or > MaxName || name.Trim('.').Length == 0 || name.Any(static c => !(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            ? $"A name is 1 to {MaxName} letters, digits, dots, dashes and underscores."
            : null;

    /// <summary>Reads a definition.</summary>
    /// <returns>Every fault; empty where the definition is good.</returns>
    public static IReadOnlyList<FieldFault> Read(string name, JsonElement json, Limits limits, out PlotDefinition? definition)
    {
        definition = null;
        var faults = new List<FieldFault>();
        if (CheckName(name) is { } wrong) faults.Add(new("name", wrong));
        if (json.ValueKind != JsonValueKind.Object) return [.. faults, new("", "The definition must be a JSON object such as {\"start\":\"now-1d\",\"end\":\"now\",\"schedule\":\"hourly\"}.")];
        string? schedule = null;
        var paused = false;
        var rest = new JsonObject();
        foreach (var property in json.EnumerateObject())
        {
            if (property.NameEquals("schedule") && property.Value.ValueKind == JsonValueKind.String) schedule = property.Value.GetString();
            else if (property.NameEquals("schedule")) faults.Add(new("schedule", "It must be a string such as hourly or 5 * * * *."));
            else if (!property.NameEquals("paused")) rest[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            else if (property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False) paused = property.Value.GetBoolean();
            else faults.Add(new("paused", "It must be true or false."));
        }

        using var plain = JsonDocument.Parse(rest.ToJsonString());
        faults.AddRange(JobRequestReader.Read(plain.RootElement, limits, out var request));
        CronSchedule? times = null;
        if (schedule is null && !faults.Exists(static f => f.Field == "schedule")) faults.Add(new("schedule", "It is missing. Give hourly, daily 06:30, or five cron fields such as 5 * * * *."));
        else if (schedule is not null && !CronSchedule.TryParse(schedule, request?.Plot.Zone ?? TimeZoneInfo.Utc, out times, out var error)) faults.Add(new("schedule", error));
        if (faults.Count == 0) definition = new PlotDefinition(name, request!, schedule!.Trim(), paused) { Times = times! };
        return faults;
    }

    /// <summary>Writes what <see cref="Read"/> reads; the name stands apart.</summary>
    public static JsonObject Write(PlotDefinition definition)
    {
        var json = JobRequestWriter.ToJson(definition.Request);
        json["schedule"] = definition.Schedule;
        if (definition.Paused) json["paused"] = true;
        return json;
    }
}
