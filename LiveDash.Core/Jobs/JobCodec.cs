using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs;

/// <summary>A job to the bytes that the document store keeps, and back. Pure.</summary>
internal static class JobCodec
{
    internal static byte[] Write(Job job)
    {
        var json = new JsonObject
        {
            ["owner"] = job.Owner,
            ["request"] = JobRequestWriter.ToJson(job.Request),
            ["from"] = job.Range.From,
            ["to"] = job.Range.To,
            ["status"] = JobNames.Of(job.Status),
            ["error"] = job.Error,
            ["attempts"] = job.Attempts,
            ["submittedAt"] = job.SubmittedAt,
            ["startedAt"] = job.StartedAt,
            ["finishedAt"] = job.FinishedAt,
            ["image"] = job.Image,
            ["imageBytes"] = job.ImageBytes,
            ["points"] = job.Points,
            ["schedule"] = job.Schedule,
            ["worker"] = job.Worker,
        };
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    /// <summary>Reads a job; null where the bytes are not one, such as after a change of format.</summary>
    internal static Job? Read(string id, byte[] body, Limits limits)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement;
            if (JobRequestReader.Read(json.GetProperty("request"), limits, out var request).Count > 0) return null;
            if (!JobNames.TryName<JobStatus>(json.GetProperty("status").GetString()!, out var status)) return null;
            return new Job
            {
                Id = id,
                Owner = json.GetProperty("owner").GetString()!,
                Request = request!,
                Range = new(json.GetProperty("from").GetInt64(), json.GetProperty("to").GetInt64()),
                Status = status,
                Progress = status == JobStatus.Done ? 100 : 0,
                Error = json.GetProperty("error").GetString(),
                Attempts = json.GetProperty("attempts").GetInt32(),
                SubmittedAt = json.GetProperty("submittedAt").GetInt64(),
                StartedAt = Ticks(json.GetProperty("startedAt")),
                FinishedAt = Ticks(json.GetProperty("finishedAt")),
                Image = json.GetProperty("image").GetString(),
                ImageBytes = json.GetProperty("imageBytes").GetInt64(),
                Points = json.GetProperty("points").GetInt64(),
                Schedule = json.GetProperty("schedule").GetString(),
                Worker = json.TryGetProperty("worker", out var worker) ? worker.GetString() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static long? Ticks(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
