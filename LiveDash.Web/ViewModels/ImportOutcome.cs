using System.Text.Json;

namespace LiveDash.Web.ViewModels;

/// <summary>What became of an import, in words. Immutable.</summary>
/// <param name="Kind">The notice's class: <c>ok</c>, <c>warn</c> or <c>crit</c>.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">In a sentence or two.</param>
/// <param name="Refused">How many rows were refused.</param>
/// <param name="Errors">The first of them.</param>
/// <param name="Explore">Where the points can be looked at, or null.</param>
public sealed record ImportOutcome(string Kind, string Title, string Detail, long Refused, IReadOnlyList<ImportOutcome.RowError> Errors, string? Explore)
{
    /// <summary>Reads the server's answer.</summary>
    /// <param name="status">The HTTP status; 0 where there was none.</param>
    /// <param name="text">The body.</param>
    /// <param name="explore">Where the points can be looked at.</param>
    public static ImportOutcome Read(int status, string text, string? explore)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var accepted = Number(root, "accepted");
            var refused = Number(root, "rejected");
            RowError[] errors = root.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(RowError.Read)] : [];
            var (repeated, replaced) = (Number(root, "repeated"), Number(root, "replaced"));
            var counts = $"{Counted.Of(accepted, "row")} kept, {refused:N0} refused{(repeated > 0 ? $", {repeated:N0} {(repeated == 1 ? "was" : "were")} kept before" : "")}{(replaced > 0 ? $", {replaced:N0} replaced" : "")}.{KeptBefore(root, replaced)}{Warnings(root)}";
            if (status == 200) return new(refused > 0 ? "warn" : "ok", "Imported.", counts, refused, errors, explore);
            return new("crit", "Not imported as a whole.", $"{(root.TryGetProperty("detail", out var detail) ? detail.GetString() : null)} {counts}", refused, errors, accepted > 0 ? explore : null);
        }
        catch (JsonException)
        {
            return new("crit", "Not imported.", $"The server answered {status}.", 0, [], null);
        }
    }

    /// <summary>An import that was cancelled, or whose connection broke.</summary>
    /// <param name="kept">How many rows were kept before.</param>
    /// <param name="ownIds">True where each row has an id of its own, so that a repeat keeps it once.</param>
    public static ImportOutcome Stopped(long kept, bool ownIds) => new(
        "warn", "Stopped.",
        $"{Counted.Of(kept, "row")} {(kept == 1 ? "was" : "were")} kept before; the rest was not. " + (ownIds
            ? "Importing the same file in the same way completes it, and keeps each row once."
            : "Lines without an \"id\" of their own would be kept twice by another import of the same file."),
        0, [], null);

    private static string KeptBefore(JsonElement root, long replaced) =>
        replaced == 0 && root.TryGetProperty("keptBefore", out var rows) && rows.ValueKind == JsonValueKind.Array && rows.GetArrayLength() > 0
            ? $" {rows[0].GetProperty("id").GetString()} stays {rows[0].GetProperty("kept").GetRawText()}, where the file has {rows[0].GetProperty("sent").GetRawText()} now."
            : "";

    private static string Warnings(JsonElement root) => root.TryGetProperty("warnings", out var warnings) && warnings.ValueKind == JsonValueKind.Array
        ? string.Concat(warnings.EnumerateArray().Select(static warning => " " + warning.GetString()))
        : "";

    private static long Number(JsonElement root, string name) => root.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : 0;

    /// <summary>One refused row.</summary>
    public sealed record RowError(long Line, string Reason, string Detail)
    {
        internal static RowError Read(JsonElement one) => new(one.GetProperty("line").GetInt64(), one.GetProperty("reason").GetString() ?? "", one.GetProperty("detail").GetString() ?? "");
    }
}
