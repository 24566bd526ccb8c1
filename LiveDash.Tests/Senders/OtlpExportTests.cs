using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task OwnMetrics_ByOtlp_ReachAReceiver()
    {
        await using var receiver = await LiveApp.StartAsync();
        await using var app = await LiveApp.StartAsync(settings: [$"--LiveDash:Otlp:Export:Endpoint={receiver.Address}v1/metrics", "--LiveDash:Otlp:Export:Interval=00:00:00.5"]);
        await app.PostAsync("""{"series":"a","value":1}""");
        var host = Environment.MachineName;
        await SourceCalls.StoredAsync(receiver, $"livedash_source_accepted_total{{host.name={host},kind=http,service.name=livedash,source=127.0.0.1}}", "1");
        Assert.Contains("livedash_queue_capacity_points{", await receiver.GetAsync("/api/series"), StringComparison.Ordinal);
    }
}
