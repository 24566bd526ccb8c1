using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>Points can be deleted: previewed first, exactly those of the range, from the store, from windows and charts, and for good.</summary>
public sealed class DeletePointsTests
{
    private const long Begin = 1_767_225_600_000;

    [Fact]
    public async Task Delete_Range_TakesExactlyThoseFromStoreWindowsAndCharts()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            // More than one block, out of order in part, and another series that must stay as it is.
            var lines = Enumerable.Range(0, 10_000).Select(static i => Line("d", (i * 7) % 10_000)).Concat(Enumerable.Range(0, 100).Select(static i => Line("e", i)));
            await app.PostAsync(lines);
            var engine = app.Services.GetRequiredService<LiveEngine>();
            var catalog = app.Services.GetRequiredService<LiveDash.Core.Model.SeriesCatalog>();
            Assert.True(catalog.TryFind("d", out var series));
            using var chart = engine.LeaseChart(series, TimeSpan.FromDays(1), 24);
            await chart.WhenReadyAsync(default);
            Assert.Equal(10_000, await CountAsync(app, "d"));

            var preview = await DeleteAsync(app, "series=d&from=" + Ms(2_000) + "&to=" + Ms(7_500) + "&preview=true");
            Assert.Equal((true, 5_500L), (preview.GetProperty("preview").GetBoolean(), preview.GetProperty("points").GetInt64()));
            Assert.Equal(10_000, await CountAsync(app, "d"));

            var gone = await DeleteAsync(app, "series=d&from=" + Ms(2_000) + "&to=" + Ms(7_500));
            Assert.Equal((false, 5_500L), (gone.GetProperty("preview").GetBoolean(), gone.GetProperty("points").GetInt64()));
            Assert.Equal(4_500, await CountAsync(app, "d"));
            Assert.Equal(0, await CountAsync(app, "d", "&from=" + Ms(2_000) + "&to=" + Ms(7_500)));
            Assert.Equal(100, await CountAsync(app, "e"));
            Assert.Equal(1, chart.Generation);
            var window = JsonDocument.Parse(await app.GetAsync("/api/windows?series=d&window=4000")).RootElement;
            Assert.Equal((4_000, 500.0), (window.GetProperty("count").GetInt32(), window.GetProperty("min").GetDouble()));

            // The newest too: what is shown as the last value is the last that is left.
            await DeleteAsync(app, "series=d&from=" + Ms(9_000) + "&to=" + Ms(20_000));
            Assert.True(engine.TryReadLast(series, out var last));
            Assert.Equal(8_999, last.Value);
            await DeleteAsync(app, "series=e&from=2020&to=2030");
            Assert.Equal(0, await CountAsync(app, "e"));
            await app.PostAsync(Line("e", 5));
            Assert.Equal(1, await CountAsync(app, "e"));
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        Assert.Equal(3_500, await CountAsync(again, "d"));
        Assert.Equal(1, await CountAsync(again, "e"));
    }

    [Theory]
    [InlineData("from=2020&to=2021", "series")]
    [InlineData("series=&from=2020&to=2021", "series")]
    [InlineData("series=a&from=2021&to=2020", "to")]
    [InlineData("series=a&from=soon&to=2020", "from")]
    public async Task Delete_WithoutASaneRange_IsRefused(string query, string about)
    {
        await using var app = await LiveApp.StartAsync();
        using var answer = await app.Client.DeleteAsync(new Uri("/api/points?" + query, UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(about);
    }

    private static string Ms(long second) => (Begin + (second * 1_000)).ToString(CultureInfo.InvariantCulture);

    private static string Line(string series, long second) => $$"""{"series":"{{series}}","t":{{Begin + (second * 1_000)}},"value":{{second}}}""";

    private static async Task<int> CountAsync(LiveApp app, string series, string more = "") =>
        (await app.GetAsync($"/api/points?series={series}&fields=value{more}")).Count(static c => c == '\n');

    private static async Task<JsonElement> DeleteAsync(LiveApp app, string query)
    {
        using var answer = await app.Client.DeleteAsync(new Uri("/api/points?" + query, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
