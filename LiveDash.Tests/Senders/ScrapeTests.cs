using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's prometheus-node-exporter, asked by LiveDash.</summary>
public sealed class ScrapeTests
{
    [ToolFact("prometheus-node-exporter")]
    public async Task NodeExporter_Scraped_ShowsUpAndGoesDown()
    {
        var port = Tool.FreePort();
        await using var app = await LiveApp.StartAsync();
        await using (var exporter = Tool.Start("prometheus-node-exporter", [$"--web.listen-address=127.0.0.1:{port}"]))
        {
            await exporter.ListensAsync(port);
            await SourceCalls.PutAsync(app, "node", "scrape", ("targets", $"127.0.0.1:{port}"), ("interval", "1s"), ("timeout", "1s"), ("labels", "zone=a"), ("drop", "go_.*"));
            await SourceCalls.StoredAsync(app, $"up{{instance=127.0.0.1:{port},job=node,zone=a}}", "1");
            var series = await app.GetAsync("/api/series");
            Assert.Contains("node_load1{instance", series, StringComparison.Ordinal);
            Assert.DoesNotContain("\"go_", series, StringComparison.Ordinal);
        }

        await SourceCalls.StoredAsync(app, $"up{{instance=127.0.0.1:{port},job=node,zone=a}}", "0");
    }

    [Fact]
    public async Task Scrape_OfItself_FromASettingsFileWorksAndIsChangedThere()
    {
        var port = Tool.FreePort();
        await using var app = await LiveApp.StartAsync(settings: [$"--urls=http://127.0.0.1:{port}", "--LiveDash:Sources:self:kind=scrape", $"--LiveDash:Sources:self:targets:0=http://127.0.0.1:{port}/metrics", "--LiveDash:Sources:self:interval=1s", "--LiveDash:Sources:self:timeout=1s"]);
        await SourceCalls.StoredAsync(app, $"up{{instance=127.0.0.1:{port},job=self}}", "1");
        using var answer = await app.Client.DeleteAsync(new Uri("/api/settings/sources/self", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("kind", "--LiveDash:Sources:x:kind=nothing")]
    [InlineData("targets", "--LiveDash:Sources:x:kind=scrape")]
    [InlineData("interval", "--LiveDash:Sources:x:kind=scrape", "--LiveDash:Sources:x:targets=a:1", "--LiveDash:Sources:x:interval=soon")]
    [InlineData("keep", "--LiveDash:Sources:x:kind=scrape", "--LiveDash:Sources:x:targets=a:1", "--LiveDash:Sources:x:keep=(")]
    public async Task Start_WithASourceAtFault_NamesTheSetting(string key, params string[] settings)
    {
        var fault = await Assert.ThrowsAsync<LiveDash.Core.Configuration.SettingsException>(() => LiveApp.StartAsync(settings: settings));
        Assert.Contains("LiveDash:Sources:x:" + key, fault.Message, StringComparison.Ordinal);
    }
}
