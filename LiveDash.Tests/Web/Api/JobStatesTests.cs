using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Jobs;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>What a job looks like from outside at every stage, on a store that a test holds still, and every way to write a range.</summary>
public sealed class JobStatesTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _open = new();
    private LiveApp _app = null!;

    private JobBook Book => _app.Services.GetRequiredService<JobBook>();

    public async Task InitializeAsync()
    {
        var store = new MemoryPointStore { BeforeScan = _open.Task.WaitAsync };
        _app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store), settings: "--LiveDash:Jobs:Workers=1");
        await _app.PostAsync("""{"series":"states.load","t":"2010-01-01T00:00:00Z","value":1}""", """{"series":"states.load","t":"2010-06-01T00:00:00Z","value":2}""");
    }

    public async Task DisposeAsync()
    {
        _open.TrySetResult();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Stages_SubmittedRunningDone_AsTheContractSays()
    {
        var first = await SubmitAsync("now-9999d", "now");
        await Wait.UntilAsync(() => Book.Find(first)!.Status == JobStatus.Running, "the worker holds the first job");
        var second = await SubmitAsync("now-9999d", "now");

        Assert.Equal($$"""{"jobID":"{{first}}","status":"running","start":"now-9999d","end":"now"}""", await _app.GetAsync($"/jobs/{first}"));
        Assert.Equal($$"""{"jobID":"{{second}}","status":"submitted","start":"now-9999d","end":"now"}""", await _app.GetAsync($"/jobs/{second}"));
        Assert.Equal($"[\"{second}\",\"{first}\"]", await _app.GetAsync("/jobs"));
        foreach (var (path, status) in new[] { ($"/api/jobs/{first}/image", "running"), ($"/download/{first}", "running"), ($"/api/jobs/{second}/image", "submitted"), ($"/download/{second}", "submitted") })
        {
            using var answer = await _app.Client.GetAsync(path);
            var problem = await ProblemAssert.IsAsync(answer, HttpStatusCode.Conflict, "not_ready");
            Assert.Equal(status, problem.GetProperty("jobStatus").GetString());
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        _open.SetResult();
        await Wait.UntilAsync(() => Book.Find(second)!.Status == JobStatus.Done, "the second job is done");
        Assert.Contains("\"status\":\"done\"", await _app.GetAsync($"/jobs/{second}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_RunningOrWaiting_CancelledAndToldSo()
    {
        var running = await SubmitAsync("2010", "2010");
        await Wait.UntilAsync(() => Book.Find(running)!.Status == JobStatus.Running, "the worker holds the first job");
        var waiting = await SubmitAsync("2010", "2010");

        foreach (var id in new[] { waiting, running })
        {
            using var gone = await _app.Client.DeleteAsync($"/api/jobs/{id}");
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
            Assert.Contains("\"status\":\"cancelled\"", await _app.GetAsync($"/jobs/{id}"), StringComparison.Ordinal);
            using var image = await _app.Client.GetAsync($"/download/{id}");
            await ProblemAssert.IsAsync(image, HttpStatusCode.Conflict, "not_ready");
            Assert.Null(image.Headers.RetryAfter);
        }

        // The worker is free again, although the store still stands.
        var next = await SubmitAsync("2010", "2010");
        await Wait.UntilAsync(() => Book.Find(next)!.Status == JobStatus.Running, "the worker holds the next job");
    }

    [Theory]
    [InlineData("2001", "2021", "2001-01-01T00:00:00Z", "2022-01-01T00:00:00Z")]
    [InlineData("2001-05", "2001-05", "2001-05-01T00:00:00Z", "2001-06-01T00:00:00Z")]
    [InlineData("2001-05-30", "2001-05-30", "2001-05-30T00:00:00Z", "2001-05-31T00:00:00Z")]
    [InlineData("2001-05-30T12:00:00Z", "2001-05-30T14:00:00+01:00", "2001-05-30T12:00:00Z", "2001-05-30T13:00:00Z")]
    [InlineData("2001-05-30 12:00", "2001-05-30 12:01", "2001-05-30T12:00:00Z", "2001-05-30T12:01:00Z")]
    [InlineData("978307200000", "1609459200000", "2001-01-01T00:00:00Z", "2021-01-01T00:00:00Z")]
    public async Task Post_AnyFormOfARange_IsWhatItSays(string start, string end, string from, string to)
    {
        var job = JsonDocument.Parse(await _app.GetAsync($"/api/jobs/{await SubmitAsync(start, end)}")).RootElement;

        Assert.Equal((from, to), (job.GetProperty("from").GetString(), job.GetProperty("to").GetString()));
        Assert.Equal((start, end), (job.GetProperty("start").GetString(), job.GetProperty("end").GetString()));
    }

    [Fact]
    public async Task Post_YearsAsNumbers_AreYears()
    {
        using var body = new StringContent("""{"start":2001,"end":2021}""", Encoding.UTF8, "application/json");
        using var answer = await _app.Client.PostAsync("/api/jobs", body);

        Assert.Contains("\"from\":\"2001-01-01T00:00:00Z\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NameOfTaggedSeries_MeansThemAll()
    {
        await _app.PostAsync("""{"series":"states.delay","tags":{"airline":"AA"},"t":"2010-01-01T00:00:00Z","value":1}""", """{"series":"states.delay","tags":{"airline":"UA"},"t":"2010-06-01T00:00:00Z","value":2}""");
        using var body = new StringContent("""{"kind":"bar-tag","by":"airline","series":["states.delay"],"start":"2010","end":"2010"}""", Encoding.UTF8, "application/json");
        using var answer = await _app.Client.PostAsync("/api/jobs", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        _open.SetResult();
        await Wait.UntilAsync(() => Book.Find(id)!.IsFinished, "the job is finished");

        var svg = await _app.GetAsync($"/api/jobs/{id}/image?format=svg");
        Assert.Contains(">AA<", svg, StringComparison.Ordinal);
        Assert.Contains(">UA<", svg, StringComparison.Ordinal);
        using var download = await _app.Client.GetAsync($"/api/jobs/{id}/image?format=pdf&download=true");
        Assert.Equal(("attachment", "application/pdf"), (download.Content.Headers.ContentDisposition?.DispositionType, download.Content.Headers.ContentType?.MediaType));
        using var wrong = await _app.Client.GetAsync($"/api/jobs/{id}/image?format=gif");
        await ProblemAssert.NamesParameterAsync(wrong, "format");
    }

    private async Task<string> SubmitAsync(string start, string end)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { start, end }), Encoding.UTF8, "application/json");
        using var answer = await _app.Client.PostAsync("/submit", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Matches("^Job [0-9a-f-]{36} successfully submitted$", text);
        return text.Split(' ')[1];
    }
}
