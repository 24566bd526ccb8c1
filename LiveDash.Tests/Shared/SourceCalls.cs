using System.Net.Http.Json;

namespace LiveDash.Tests.Shared;

/// <summary>Sets sources up by the API and waits for what they bring.</summary>
public static class SourceCalls
{
    /// <summary>Sets one up; fails where it is refused.</summary>
    public static async Task PutAsync(LiveApp app, string name, string kind, params IEnumerable<(string Key, string Value)> values)
    {
        using var answer = await app.Client.PutAsJsonAsync(new Uri($"/api/settings/sources/{name}", UriKind.Relative), new { kind, values = values.ToDictionary(static v => v.Key, static v => v.Value) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until one says that it runs.</summary>
    public static Task RunsAsync(LiveApp app, string name) => Wait.UntilAsync(
        async () => System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/settings/sources")).RootElement.EnumerateArray().Any(one => one.GetProperty("name").GetString() == name && one.GetProperty("state").GetString() == "running"),
        name + " runs");

    /// <summary>Waits until a series holds a value.</summary>
    public static Task StoredAsync(LiveApp app, string series, string value) => Wait.UntilAsync(
        async () =>
        {
            using var answer = await app.Client.GetAsync(new Uri("/api/points?series=" + Uri.EscapeDataString(series), UriKind.Relative));
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains($"\"value\":{value}", StringComparison.Ordinal);
        },
        $"{series} holds {value}");
}
