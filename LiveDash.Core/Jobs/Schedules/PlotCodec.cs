using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>A scheduled plot to the bytes that the document store keeps, and back. The image's bytes stand in a document of their own. Pure.</summary>
internal static class PlotCodec
{
    internal static byte[] Write(PlotState state) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["definition"] = PlotDefinitionJson.Write(state.Definition),
        ["nextAt"] = state.NextAt,
        ["pendingJob"] = state.PendingJob,
        ["error"] = state.Error,
        ["tag"] = state.Image?.Tag,
        ["madeAt"] = state.Image?.MadeAt,
        ["length"] = state.Image?.Length,
    });

    /// <summary>Reads a plot, its image without bytes; null where the bytes are not one, such as after a change of format.</summary>
    internal static PlotState? Read(string name, byte[] body, Limits limits)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement;
            if (PlotDefinitionJson.Read(name, json.GetProperty("definition"), limits, out var definition).Count > 0) return null;
            var tag = json.GetProperty("tag").GetString();
            var next = json.GetProperty("nextAt");
            return new PlotState
            {
                Definition = definition!,
                NextAt = next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null,
                PendingJob = json.GetProperty("pendingJob").GetString(),
                Error = json.GetProperty("error").GetString(),
                Image = tag is null ? null : new PlotImage(tag, json.GetProperty("madeAt").GetInt64(), json.GetProperty("length").GetInt32(), null),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
