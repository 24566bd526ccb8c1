using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>What several proofs ask of a server. Stateless.</summary>
internal static class ProofHttp
{
    /// <summary>Posts text and gives the status and the body.</summary>
    public static async Task<(int Status, string Body)> PostAsync(this HttpClient client, string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Makes one channel and one rule that tells it.</summary>
    public static async Task TellAsync(this HttpClient client, string url, string expression)
    {
        using var channels = await client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "proof", kind = "webhook", url } });
        channels.EnsureSuccessStatusCode();
        using var rule = await client.PostAsJsonAsync("/api/rules", new { name = "proof", expr = expression, severity = "critical", channels = new[] { "proof" } });
        rule.EnsureSuccessStatusCode();
    }

    /// <summary>Asks again and again until something holds; false when the time is over.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan limit)
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < limit;)
        {
            if (await holds()) return true;
            await Task.Delay(100);
        }

        return await holds();
    }
}
