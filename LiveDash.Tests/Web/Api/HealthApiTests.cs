using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public sealed partial class HealthApiTests
{
    [Fact]
    public async Task Health_Running_IsOk()
    {
        await using var app = await LiveApp.StartAsync();

        Assert.Equal("ok", JsonDocument.Parse(await app.GetAsync("/healthz")).RootElement.GetProperty("status").GetString());
        Assert.Equal("ready", JsonDocument.Parse(await app.GetAsync("/readyz")).RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(StoreState.Opening, HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData(StoreState.Full, HttpStatusCode.OK, "degraded")]
    [InlineData(StoreState.ReadOnly, HttpStatusCode.OK, "degraded")]
    [InlineData(StoreState.Ready, HttpStatusCode.OK, "ready")]
    public async Task Ready_StoreState_DecidesTheAnswer(StoreState state, HttpStatusCode status, string said)
    {
        var store = new MemoryPointStore();
        await using var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        store.Status = store.Status with { State = state, Message = "because" };

        using var answer = await app.Client.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(said, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_AfterPoints_AccountForThem()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"counted","value":1}""", """{"series":"counted","value":2}""");
        using var bad = new StringContent("""{"series":"counted","value":"1.5"}""");
        using var refused = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), bad);

        var text = await app.GetAsync("/metrics");

        Assert.Matches("""livedash_source_offered_total\{kind="http",source="[^"]+"\} 3""", text);
        Assert.Matches("""livedash_source_accepted_total\{kind="http",source="[^"]+"\} 2""", text);
        Assert.Matches("""livedash_source_rejected_total\{kind="http",reason="[a-z_]+",source="[^"]+"\} 1""", text);
        Assert.Contains("livedash_store_state{state=\"ready\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("livedash_circuits{} 0", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{generation=\"2\"}", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task Metrics_NamesAndKinds_AreThoseThatDashboardsKnow()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"named","value":1}""");
        using var bad = new StringContent("""{"series":"named","value":"x"}""");
        using var refused = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), bad);

        var told = (await app.GetAsync("/metrics")).Split('\n').Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(static line => line["# TYPE ".Length..]).ToHashSet();

        string[] gauges =
        [
            "livedash_source_waiting", "livedash_source_rate", "livedash_source_lag_seconds", "livedash_queue_points", "livedash_queue_capacity_points", "livedash_store_info", "livedash_store_state",
            "livedash_store_points", "livedash_store_bytes", "livedash_store_free_bytes", "livedash_store_queued", "livedash_series", "livedash_circuits", "livedash_circuits_connected", "livedash_windows",
            "livedash_window_bytes", "livedash_points_ahead", "livedash_loop_degraded", "livedash_job_queue_info", "livedash_job_queue_healthy", "livedash_jobs_waiting", "livedash_job_workers",
            "livedash_job_worker_busy", "livedash_job_worker_points_rate", "process_resident_memory_bytes", "process_start_time_seconds", "process_threads", "dotnet_gc_heap_bytes", "dotnet_threadpool_queue",
        ];
        string[] counters =
        [
            "livedash_source_offered_total", "livedash_source_accepted_total", "livedash_source_repeated_total", "livedash_source_replaced_total", "livedash_source_rejected_total",
            "livedash_consumer_failures_total", "livedash_store_appended_total", "livedash_store_commits_total", "livedash_circuits_opened_total", "livedash_engine_faults_total",
            "livedash_points_ahead_refused_total", "livedash_loop_faults_total", "livedash_aborted_uploads_total", "livedash_job_worker_done_total", "livedash_job_worker_failed_total",
            "process_cpu_seconds_total", "dotnet_gc_allocated_bytes_total", "dotnet_gc_pause_seconds_total", "dotnet_gc_collections_total",
        ];
        Assert.Superset(gauges.Select(static name => name + " gauge").Concat(counters.Select(static name => name + " counter")).ToHashSet(), told);
    }

    [Fact]
    public async Task Metrics_OfTwoAppsInOneProcess_AreEachItsOwn()
    {
        await using var first = await LiveApp.StartAsync();
        await using var second = await LiveApp.StartAsync();
        await first.PostAsync("""{"series":"one","value":1}""", """{"series":"two","value":1}""");

        Assert.Contains("livedash_series{} 2", await first.GetAsync("/metrics"), StringComparison.Ordinal);
        Assert.Contains("livedash_series{} 0", await second.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    // The grammar of the text format 0.0.4, as far as it is used.
    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\{([a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*)?\} (NaN|[+-]Inf|[-+0-9.eE]+))$""")]
    private static partial Regex Line();
}
