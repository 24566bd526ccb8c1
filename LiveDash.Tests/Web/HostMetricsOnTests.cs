using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web;

public sealed class HostMetricsOnTests
{
    [Fact]
    public async Task Start_NoSettings_ThisMachineIsMeasured()
    {
        var seen = new Seen("self.cpu");
        await using var app = await LiveApp.StartAsync(
            builder => builder.Services.AddSingleton<IPointConsumer>(services =>
            {
                seen.Catalog = services.GetRequiredService<SeriesCatalog>();
                return seen;
            }),
            settings: ["--LiveDash:HostMetrics:Enabled=true", "--LiveDash:HostMetrics:IntervalMs=100"]);
        await seen.Done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.Services.GetRequiredService<IngestPipeline>().SettledAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("\"self.rss_bytes\"", await app.Client.GetStringAsync("/api/series"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IntervalOutOfRange_IsRefused()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => LiveApp.StartAsync(settings: ["--LiveDash:HostMetrics:IntervalMs=5"]));
        Assert.Contains("LiveDash:HostMetrics:IntervalMs", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Seen(string wanted) : IPointConsumer
    {
        public SeriesCatalog? Catalog { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
        {
            foreach (var series in batch.Series)
            {
                if (Catalog![series].Name == wanted) Done.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
