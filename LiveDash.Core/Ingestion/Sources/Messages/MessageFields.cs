using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>The settings that all sources of messages share: what a message holds, and which series it becomes. Stateless.</summary>
internal static class MessageFields
{
    /// <summary>What messages may hold.</summary>
    public static readonly string[] Formats = ["auto", "points", "influx", "number", "text", "json"];

    /// <summary>The shared settings.</summary>
    public static IReadOnlyList<SourceField> All { get; } =
    [
        new("format", "Format", SourceFieldType.Choice, "auto", "What a message holds: points (JSON as of /api/points), influx (line protocol), number, text (a state such as running), json (any), or auto to look at each.") { Choices = Formats },
        new("series", "Series", SourceFieldType.Text, "{topic}", "The series of numbers, texts and json: {topic} is the whole topic with dots, {0} its first part, {1} the next."),
        new("tags", "Tags", SourceFieldType.Lines, "", "Tags of numbers and of json, one a line: room={1}."),
        new("paths", "JSON paths", SourceFieldType.Lines, "", "Only these members of json, one a line: temperature=main.temp; without any, every number and text is taken."),
        new("time", "Time path", SourceFieldType.Text, "", "The member of json that is the time, ISO 8601 or milliseconds; without it a message is of now."),
    ];
}
