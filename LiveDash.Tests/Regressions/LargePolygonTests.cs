using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>The largest polygon that may be asked for, of ten thousand corners, and one corner more.</summary>
public sealed class LargePolygonTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task Query_TenThousandCorners_GivesWhatAPlainLoopOverThemGives()
    {
        var corners = Star(GeoJson.MaxCorners);
        var random = new Random(7);
        var points = Enumerable.Range(0, 2_000).Select(_ => (X: (random.NextDouble() * 30) - 15, Y: (random.NextDouble() * 30) - 15)).ToList();
        await fixture.App.PostAsync([.. points.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"star\",\"t\":{1_700_000_000_000 + i},\"value\":{i},\"pt\":[{point.X:R},{point.Y:R}]}}"))]);

        using var answer = await PostAsync(corners);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var found = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetInt32()).Order().ToList();
        var expected = Enumerable.Range(0, points.Count).Where(i => IsWithin(corners, points[i])).ToList();
        Assert.InRange(expected.Count, 500, 1_500);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Query_OneCornerMore_IsRefusedWithTheLimit()
    {
        using var answer = await PostAsync(Star(GeoJson.MaxCorners + 1));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, text);
        Assert.Contains("10,000", text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(IReadOnlyList<(double X, double Y)> corners)
    {
        var ring = string.Join(',', corners.Append(corners[0]).Select(static corner => string.Create(CultureInfo.InvariantCulture, $"[{corner.X:R},{corner.Y:R}]")));
        return await fixture.App.Client.PostAsync(new Uri("/api/points/query?series=star&fields=value", UriKind.Relative), new StringContent($"{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}", Encoding.UTF8, "application/json"));
    }

    private static List<(double X, double Y)> Star(int corners) =>
        [.. Enumerable.Range(0, corners).Select(i => (Angle: Math.Tau * i / corners, Radius: 10 + (3 * Math.Sin(Math.Tau * i / corners * 40)))).Select(static one => (one.Radius * Math.Cos(one.Angle), one.Radius * Math.Sin(one.Angle)))];

    // By how many sides a ray to the right crosses.
    private static bool IsWithin(List<(double X, double Y)> corners, (double X, double Y) point)
    {
        var isWithin = false;
        for (var (i, j) = (0, corners.Count - 1); i < corners.Count; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X) isWithin = !isWithin;
        }

        return isWithin;
    }
}
