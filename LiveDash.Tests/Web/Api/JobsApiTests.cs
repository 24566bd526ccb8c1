using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Jobs;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>Every route of plot jobs on the true app, as curl would use it.</summary>
public class JobsApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly HttpClient _client = fixture.App.Client;

    [Fact]
    public async Task Submit_YearsAlone_DrawnAndDownloaded()
    {
        await SendPointsAsync("jobs.years");
        var answer = await _client.PostAsync("/submit", Json("""{"start":"2001","end":"2021"}"""));
        var text = await answer.Content.ReadAsStringAsync();
        var id = Regex.Match(text, "^Job ([0-9a-f-]{36}) successfully submitted$").Groups[1].Value;
        Assert.NotEqual("", id);

        await FinishedAsync(id);

        var status = JsonDocument.Parse(await _client.GetStringAsync($"/jobs/{id}")).RootElement;
        Assert.Equal(["jobID", "status", "start", "end"], status.EnumerateObject().Select(p => p.Name));
        Assert.Equal("done", status.GetProperty("status").GetString());
        Assert.Equal("2001", status.GetProperty("start").GetString());
        Assert.Contains(id, JsonSerializer.Deserialize<string[]>(await _client.GetStringAsync("/jobs"))!);
        var download = await _client.GetAsync($"/download/{id}");
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("image/png", download.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await download.Content.ReadAsByteArrayAsync())[..4]);
    }

    [Fact]
    public async Task Submit_FormBody_SameAnswer()
    {
        var form = new FormUrlEncodedContent([new("start", "2001"), new("end", "2021"), new("width", "300")]);

        var answer = await _client.PostAsync("/submit", form);

        Assert.Matches("^Job [0-9a-f-]{36} successfully submitted$", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Submit_JsonSaidToBeAForm_Read()
    {
        var body = new StringContent("""{"start":"2001","end":"2021"}""", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/submit", body)).StatusCode);
    }

    [Fact]
    public async Task Post_Job_CreatedWithLocationAndState()
    {
        await SendPointsAsync("jobs.created");
        var answer = await _client.PostAsync("/api/jobs", Json("""{"kind":"line","series":["jobs.created"],"start":"2001","end":"2021","width":400,"height":200}"""));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var job = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal($"/api/jobs/{job.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());
        var done = await FinishedAsync(job.GetProperty("id").GetString()!);
        Assert.Equal(100, done.GetProperty("progress").GetInt32());
        Assert.Equal(JsonValueKind.Null, done.GetProperty("error").ValueKind);
        Assert.Equal(50, done.GetProperty("points").GetInt32());
    }

    [Theory]
    [InlineData("""{"end":"2021"}""", "start")]
    [InlineData("""{"start":"2021","end":"2001"}""", "end")]
    [InlineData("""{"start":"2001","end":"2021","hue":1}""", "hue")]
    [InlineData("""{"start":"2001","end":"2021","series":["no.such.series"]}""", "series")]
    [InlineData("""{"start":"soon","end":"2021"}""", "start")]
    public async Task Post_Fault_400NamesTheField(string body, string field)
    {
        await ProblemAssert.NamesParameterAsync(await _client.PostAsync("/api/jobs", Json(body)), field);
        await ProblemAssert.NamesParameterAsync(await _client.PostAsync("/submit", Json(body)), field);
    }

    [Fact]
    public async Task Post_NotJson_400() =>
        await ProblemAssert.IsAsync(await _client.PostAsync("/api/jobs", Json("{")), HttpStatusCode.BadRequest, "bad_json");

    [Fact]
    public async Task Post_LongBody_413() =>
        await ProblemAssert.IsAsync(await _client.PostAsync("/api/jobs", Json(new string(' ', 70_000) + "{}")), HttpStatusCode.RequestEntityTooLarge, "too_large");

    [Theory]
    [InlineData("/api/jobs/nope")]
    [InlineData("/api/jobs/nope/image")]
    [InlineData("/jobs/nope")]
    [InlineData("/download/nope")]
    public async Task Get_UnknownJob_404(string path) => await ProblemAssert.IsAsync(await _client.GetAsync(path), HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task Image_ByAccept_PngOrSvgOr406()
    {
        var id = await DoneAsync("jobs.accept");

        Assert.Equal("image/png", (await ImageAsync(id, null)).Content.Headers.ContentType!.MediaType);
        Assert.Equal("image/png", (await ImageAsync(id, "*/*")).Content.Headers.ContentType!.MediaType);
        Assert.Equal("image/png", (await ImageAsync(id, "image/*")).Content.Headers.ContentType!.MediaType);
        var svg = await ImageAsync(id, "image/svg+xml");
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<svg", await svg.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ProblemAssert.IsAsync(await ImageAsync(id, "image/gif"), HttpStatusCode.NotAcceptable, "not_acceptable");
    }

    [Fact]
    public async Task Image_ETagAndRange_304And206()
    {
        var id = await DoneAsync("jobs.etag");
        var whole = await ImageAsync(id, "image/png");
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/image");
        again.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.SendAsync(again)).StatusCode);

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/image");
        part.Headers.Range = new RangeHeaderValue(10, 19);
        var answer = await _client.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(bytes[10..20], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Post_SameJobOverSameData_SharesTheImage()
    {
        var first = await DoneAsync("jobs.same");
        var second = await DoneAsync("jobs.same", send: false);
        await SendPointsAsync("jobs.same", 1);
        var third = await DoneAsync("jobs.same", send: false);

        var tags = new List<string>();
        foreach (var id in (string[])[first, second, third]) tags.Add((await ImageAsync(id, "image/png")).Headers.ETag!.Tag);
        Assert.Equal(tags[0], tags[1]);
        Assert.NotEqual(tags[0], tags[2]);
    }

    [Fact]
    public async Task Delete_DoneJob_GoneThen404()
    {
        var id = await DoneAsync("jobs.delete");

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/jobs/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/jobs/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync($"/api/jobs/{id}")).StatusCode);
    }

    [Fact]
    public async Task Post_PdfJob_PdfOfOnePage()
    {
        await SendPointsAsync("jobs.pdf");
        var id = await SubmitAsync("""{"series":"jobs.pdf","start":"2001","end":"2021","format":"pdf"}""");
        await FinishedAsync(id);

        var answer = await ImageAsync(id, null);

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("image/png", (await _client.GetAsync($"/download/{id}")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_TooManyPoints_FailsWithTheSettingNamed()
    {
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Limits:MaxPlotPoints=10");
        await SendPointsAsync("jobs.many", client: app.Client);
        var id = await SubmitAsync("""{"series":"jobs.many","start":"2001","end":"2021"}""", app.Client);

        var job = await FinishedAsync(id, app);

        Assert.Equal("failed", job.GetProperty("status").GetString());
        Assert.Contains("LiveDash:Limits:MaxPlotPoints", job.GetProperty("error").GetString(), StringComparison.Ordinal);
        var image = await app.Client.GetAsync($"/api/jobs/{id}/image");
        var problem = await ProblemAssert.IsAsync(image, HttpStatusCode.Conflict, "not_ready");
        Assert.Equal("failed", problem.GetProperty("jobStatus").GetString());
        Assert.Null(image.Headers.RetryAfter);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task SendPointsAsync(string series, int count = 50, HttpClient? client = null)
    {
        var lines = Enumerable.Range(0, count).Select(i => $$"""{"series":"{{series}}","t":"2010-01-01T00:{{i:00}}:00Z","value":{{i % 7}}}""");
        var answer = await (client ?? _client).PostAsync("/api/points", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<string> SubmitAsync(string body, HttpClient? client = null)
    {
        var answer = await (client ?? _client).PostAsync("/api/jobs", Json(body));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }

    private async Task<string> DoneAsync(string series, bool send = true)
    {
        if (send) await SendPointsAsync(series);
        var id = await SubmitAsync($$"""{"series":"{{series}}","start":"2001","end":"2021","width":300,"height":200}""");
        Assert.Equal("done", (await FinishedAsync(id)).GetProperty("status").GetString());
        return id;
    }

    private async Task<HttpResponseMessage> ImageAsync(string id, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/image");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _client.SendAsync(request);
    }

    // Waits for the book's own signal.
    private async Task<JsonElement> FinishedAsync(string id, LiveApp? app = null)
    {
        app ??= fixture.App;
        var book = app.Services.GetRequiredService<JobBook>();
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (book.Find(id)!.IsFinished) finished.TrySetResult();
        }

        book.Changed += Look;
        Look();
        await finished.Task.WaitAsync(TimeSpan.FromSeconds(60));
        book.Changed -= Look;
        return JsonDocument.Parse(await app.Client.GetStringAsync($"/api/jobs/{id}")).RootElement;
    }
}
