using System.Net.Http.Headers;

namespace LiveDash.Benchmarks.Load;

/// <summary>Fills the series <c>coords</c> with located points, in bodies of 10,000 lines, one after the other.</summary>
internal static class PointFill
{
    /// <summary>Sends the points and returns when the last are kept.</summary>
    public static async Task RunAsync(ServerUnderLoad server, int points)
    {
        var body = new PointBody(10_000, 1, located: true, seed: 1);
        for (var sent = 0; sent < points; sent += body.Points)
        {
            body.SetTimes(1_700_000_000_000 + sent);
            using var content = new ByteArrayContent(body.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
            answer.EnsureSuccessStatusCode();
        }
    }
}
