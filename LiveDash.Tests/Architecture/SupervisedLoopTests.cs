namespace LiveDash.Tests.Architecture;

/// <summary>
/// What runs in the background runs under the supervisor, which <see cref="Regressions.LoopFaultTests"/> asks for all there is and kills each: so a new loop is killed there by
/// itself, or does not pass here.
/// </summary>
public sealed class SupervisedLoopTests
{
    private static readonly string[] s_loops = ["PeriodicTimer(", "new Thread(", ": BackgroundService", "CreateTimer(", "StartNew("];

    // Each with who looks after it instead.
    private static readonly Dictionary<string, string> s_others = new(StringComparer.Ordinal)
    {
        ["LiveDash.Core/Ingestion/Sources/Scraping/ScrapeTarget.cs"] = "run by SourceRunner, which tells a failure on the page Sources and begins again",
        ["LiveDash.Core/Ingestion/Sources/Simulating/SimulatorKind.cs"] = "likewise",
        ["LiveDash.Core/Ingestion/Sources/Kafka/KafkaKind.cs"] = "likewise",
        ["LiveDash.Core/Ingestion/Forwarding/ForwardKind.cs"] = "likewise",
        ["LiveDash.Core/Collections/CollectionFollower.cs"] = "run by CollectionService under the supervisor",
        ["LiveDash.Core/Jobs/WorkerThread.cs"] = "runs what it is given, which is the supervisor",
        ["LiveDash.Core/Jobs/WorkerScheduler.cs"] = "runs tasks, which keep what they throw for who awaits them",
        ["LiveDash.Core/Jobs/Remote/RemoteWorker.cs"] = "a process of its own, which begins again by itself and is shown on the page Workers",
        ["LiveDash.Web/Security/OpenRequests.cs"] = "a timer of the last seconds, whose callback catches everything",
        ["LiveDash.Web/Security/Circuits/LiveEnds.cs"] = "each of its rounds tells what failed and goes on",
        ["LiveDash.Core/Diagnostics/LoopSupervisor.cs"] = "it is the supervisor",
    };

    [Fact]
    public void Sources_WithALoop_RunItUnderTheSupervisor()
    {
        var loops = SourceTree.Files(".cs")
            .Where(static file => file.Path.StartsWith("LiveDash.Core/", StringComparison.Ordinal) || file.Path.StartsWith("LiveDash.Web/", StringComparison.Ordinal))
            // A page's loop ends with its page, and Blazor tells what it throws.
            .Where(static file => !file.Path.StartsWith("LiveDash.Web/Components/", StringComparison.Ordinal))
            .Where(static file => s_loops.Any(loop => file.Text.Contains(loop, StringComparison.Ordinal)))
            .ToList();
        var alone = loops.Where(static file => !file.Text.Contains("LoopSupervisor", StringComparison.Ordinal) && !file.Text.Contains("BackgroundLoop", StringComparison.Ordinal) && !file.Text.Contains("parts.Loops", StringComparison.Ordinal))
            .Select(static file => file.Path).ToList();
        Assert.Empty(alone.Except(s_others.Keys));
        Assert.True(loops.Count > 15, $"only {loops.Count} loops were found");
    }
}
