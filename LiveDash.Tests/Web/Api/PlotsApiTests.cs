using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>The routes of scheduled plots on the true app.</summary>
public class PlotsApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly HttpClient _client = fixture.App.Client;

    [Fact]
    public async Task Image_UnderABasePath_IsNamedWithinIt()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--PathBase=/dash"]);
        using var body = new StringContent("""{"start":"2010","end":"2011","width":300,"height":200,"schedule":"hourly"}""", Encoding.UTF8, "application/json");

        using var answer = await app.Client.PutAsync(new Uri("/dash/api/plots/within", UriKind.Relative), body);

        using var plot = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("/dash/api/plots/within/latest.png", plot.RootElement.GetProperty("image").GetString());
        using var asked = JsonDocument.Parse(await app.GetAsync("/dash/api/plots/within"));
        Assert.Equal("/dash/api/plots/within/latest.png", asked.RootElement.GetProperty("image").GetString());
    }

    [Fact]
    public async Task Put_Definition_DrawnAtOnceAndServedWithETag()
    {
        await fixture.App.PostAsync("""{"series":"plots.kept","t":"2010-01-01T00:00:00Z","value":1}""", """{"series":"plots.kept","t":"2010-01-02T00:00:00Z","value":2}""");
        var answer = await PutAsync("kept", """{"series":"plots.kept","start":"2010","end":"2011","width":300,"height":200,"schedule":"hourly"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/api/plots/kept", answer.Headers.Location!.ToString());

        await DrawnAsync("kept");

        var image = await _client.GetAsync("/api/plots/kept/latest.png");
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await image.Content.ReadAsByteArrayAsync())[..4]);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/plots/kept/latest.png");
        again.Headers.IfNoneMatch.Add(image.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.SendAsync(again)).StatusCode);

        var plot = JsonDocument.Parse(await _client.GetStringAsync("/api/plots/kept")).RootElement;
        Assert.Equal("hourly", plot.GetProperty("schedule").GetString());
        Assert.EndsWith(":05:00Z", plot.GetProperty("nextAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, plot.GetProperty("error").ValueKind);
        Assert.Contains("\"name\":\"kept\"", await _client.GetStringAsync("/api/plots"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", """{"start":"now-1d","end":"now"}""", "schedule")]
    [InlineData("a", """{"start":"now-1d","end":"now","schedule":"61 * * * *"}""", "schedule")]
    [InlineData("a", """{"start":"now-1d","end":"now","schedule":5}""", "schedule")]
    [InlineData("a", """{"end":"now","schedule":"hourly"}""", "start")]
    [InlineData("a", """{"start":"now-1d","end":"now","schedule":"hourly","hue":1}""", "hue")]
    [InlineData("a", """{"start":"now-1d","end":"now","schedule":"hourly","paused":1}""", "paused")]
    [InlineData("a%20b", """{"start":"now-1d","end":"now","schedule":"hourly"}""", "name")]
    public async Task Put_Fault_400NamesTheField(string name, string body, string field) =>
        await ProblemAssert.NamesParameterAsync(await PutAsync(name, body), field);

    [Fact]
    public async Task Get_NotDrawnYet_409WithRetryAfter()
    {
        Assert.Equal(HttpStatusCode.Created, (await PutAsync("paused", """{"start":"now-1d","end":"now","schedule":"daily","paused":true}""")).StatusCode);

        var answer = await _client.GetAsync("/api/plots/paused/latest.png");

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Conflict, "not_ready");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, (await _client.PostAsync("/api/plots/paused/run", null)).StatusCode);
        await DrawnAsync("paused");
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/api/plots/paused/latest.png")).StatusCode);
    }

    [Fact]
    public async Task Delete_Plot_GoneThen404()
    {
        await PutAsync("gone", """{"start":"now-1d","end":"now","schedule":"daily"}""");

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync("/api/plots/gone")).StatusCode);
        await ProblemAssert.IsAsync(await _client.DeleteAsync("/api/plots/gone"), HttpStatusCode.NotFound, "not_found");
        await ProblemAssert.IsAsync(await _client.GetAsync("/api/plots/gone"), HttpStatusCode.NotFound, "not_found");
        await ProblemAssert.IsAsync(await _client.GetAsync("/api/plots/gone/latest.png"), HttpStatusCode.NotFound, "not_found");
        await ProblemAssert.IsAsync(await _client.PostAsync("/api/plots/gone/run", null), HttpStatusCode.NotFound, "not_found");
    }

    private async Task<HttpResponseMessage> PutAsync(string name, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.PutAsync($"/api/plots/{name}", content);
    }

    // Waits for the book's own signal.
    private async Task DrawnAsync(string name)
    {
        var book = fixture.App.Services.GetRequiredService<PlotBook>();
        var drawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (book.Find(name)?.Image is not null) drawn.TrySetResult();
        }

        book.Changed += Look;
        Look();
        await drawn.Task.WaitAsync(TimeSpan.FromSeconds(60));
        book.Changed -= Look;
    }
}
