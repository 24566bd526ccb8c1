using System.Diagnostics;
using System.Text.Json;
using LiveDash.Core.Collections;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Diagnostics;

/// <summary>LiveDash's own metrics as Prometheus text. Thread-safe; costs no more than a few snapshots.</summary>
internal sealed class OwnMetrics(
    SourceRegistry sources, IngestPipeline pipeline, IPointStore store, SeriesCatalog catalog, CircuitCounter circuits, JobBook jobs, IJobQueue queue,
    LiveEngine engine, LoopSupervisor loops, AbortedUploads aborted, CollectionBook collections, CollectionClients readers, TimeProvider time)
{
    /// <summary>The exposition now.</summary>
    public string Write()
    {
        var text = new PrometheusText();
        WriteSources(text, sources.Snapshot(time.GetUtcNow().UtcTicks));
        WriteQueue(text);
        WriteStore(text, store.Status);
        text.Gauge("livedash_series", "Series known.").Sample(catalog.Count);
        text.Gauge("livedash_circuits", "Circuits alive: one an open tab.").Sample(circuits.Open);
        text.Gauge("livedash_circuits_connected", "Circuits with a browser on the other end now.").Sample(circuits.Connected);
        text.Counter("livedash_circuits_opened_total", "Circuits opened since the start.").Sample(circuits.Opened);
        WriteEngine(text, engine.Status);
        WriteLoops(text, loops.Status);
        text.Counter("livedash_aborted_uploads_total", "Requests whose sender left before the body was whole.").Sample(aborted.Count);
        WriteJobs(text);
        WriteCollections(text);
        WriteProcess(text);
        return text.ToString();
    }

    private static void WriteSources(PrometheusText text, IReadOnlyList<SourceSnapshot> all)
    {
        text.Counter("livedash_source_offered_total", "Points, or lines that should have been points, that arrived.");
        foreach (var one in all) text.Sample(one.Offered, ("kind", one.Kind), ("source", one.Name));
        text.Counter("livedash_source_accepted_total", "Points kept.");
        foreach (var one in all) text.Sample(one.Accepted, ("kind", one.Kind), ("source", one.Name));
        text.Counter("livedash_source_repeated_total", "Points that were kept before.");
        foreach (var one in all) text.Sample(one.Repeated, ("kind", one.Kind), ("source", one.Name));
        text.Counter("livedash_source_replaced_total", "Points that took the place of others; a part of those accepted.");
        foreach (var one in all) text.Sample(one.Replaced, ("kind", one.Kind), ("source", one.Name));
        text.Counter("livedash_source_rejected_total", "Points refused for what they say.");
        foreach (var one in all)
        {
            foreach (var (reason, count) in one.Rejected) text.Sample(count, ("kind", one.Kind), ("source", one.Name), ("reason", reason));
        }

        text.Counter("livedash_source_dropped_total", "Good points lost.");
        foreach (var one in all)
        {
            foreach (var (reason, count) in one.Dropped) text.Sample(count, ("kind", one.Kind), ("source", one.Name), ("reason", reason));
        }

        text.Gauge("livedash_source_waiting", "Points queued or on their way to the disk.");
        foreach (var one in all) text.Sample(one.Waiting, ("kind", one.Kind), ("source", one.Name));
        text.Gauge("livedash_source_rate", "Points admitted a second, over the last ten seconds.");
        foreach (var one in all) text.Sample(one.Rate, ("kind", one.Kind), ("source", one.Name));
        text.Gauge("livedash_source_lag_seconds", "How far the newest event time was behind its arrival.");
        foreach (var one in all)
        {
            if (one.Lag is { } lag) text.Sample(lag.TotalSeconds, ("kind", one.Kind), ("source", one.Name));
        }
    }

    private static void WriteStore(PrometheusText text, StoreStatus status)
    {
        text.Gauge("livedash_store_info", "What keeps the points; always 1.").Sample(1, ("engine", status.Engine));
        text.Gauge("livedash_store_state", "1 for the state that the store is in.");
        foreach (var state in Enum.GetValues<StoreState>()) text.Sample(status.State == state ? 1 : 0, ("state", state.ToString().ToLowerInvariant()));
        text.Gauge("livedash_store_points", "Points kept.").Sample(status.Points);
        text.Gauge("livedash_store_bytes", "Bytes on disk.").Sample(status.Bytes);
        text.Gauge("livedash_store_free_bytes", "Bytes free on that disk.").Sample(status.FreeBytes);
        text.Counter("livedash_store_appended_total", "Points committed since the start.").Sample(status.Appended);
        text.Counter("livedash_store_commits_total", "Commits since the start.").Sample(status.Commits);
        text.Gauge("livedash_store_queued", "Points that wait for a commit.").Sample(status.Queued);
        foreach (var fact in status.Facts)
        {
            if (fact.Value is { } value) text.Gauge("livedash_store_" + fact.Name.Replace(' ', '_'), $"The database's {fact.Name}.").Sample(value);
        }
    }

    private void WriteEngine(PrometheusText text, EngineStatus status)
    {
        text.Gauge("livedash_windows", "Windows kept.").Sample(status.Windows);
        text.Gauge("livedash_window_bytes", "Bytes of points that windows hold.").Sample(engine.WindowBytes);
        text.Counter("livedash_engine_faults_total", "Batches, commands or scans of the engine that failed.").Sample(status.Faults);
        text.Gauge("livedash_points_ahead", "Points ahead of the clock that windows and rules do not see yet.").Sample(status.Ahead);
        text.Counter("livedash_points_ahead_refused_total", "Points ahead of the clock for which there was no place to wait.").Sample(status.AheadRefused);
    }

    private static void WriteLoops(PrometheusText text, IReadOnlyList<LoopStatus> loops)
    {
        text.Counter("livedash_loop_faults_total", "How often a background loop failed and was started again.");
        foreach (var loop in loops) text.Sample(loop.Faults, ("loop", loop.Name));
        text.Gauge("livedash_loop_degraded", "1 while a background loop has failed and not gone round since.");
        foreach (var loop in loops) text.Sample(loop.IsDegraded ? 1 : 0, ("loop", loop.Name));
    }

    private static void WriteProcess(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        var started = process.StartTime.ToUniversalTime() - DateTime.UnixEpoch;
        text.Counter("process_cpu_seconds_total", "CPU time of this process.").Sample(process.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory of this process in RAM.").Sample(process.WorkingSet64);
        text.Gauge("process_start_time_seconds", "When this process started, in epoch seconds.").Sample(started.TotalSeconds);
        text.Gauge("process_threads", "Threads of this process.").Sample(process.Threads.Count);
        text.Gauge("dotnet_gc_heap_bytes", "Bytes of the managed heap, as of now.").Sample(GC.GetTotalMemory(forceFullCollection: false));
        text.Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.").Sample(GC.GetTotalAllocatedBytes());
        text.Counter("dotnet_gc_pause_seconds_total", "Time for which the collector stopped everything.").Sample(GC.GetTotalPauseDuration().TotalSeconds);
        text.Counter("dotnet_gc_collections_total", "Collections by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample(GC.CollectionCount(generation), ("generation", generation.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        text.Gauge("dotnet_threadpool_queue", "Work items that wait for a thread.").Sample(ThreadPool.PendingWorkItemCount);
    }

    private void WriteJobs(PrometheusText text)
    {
        text.Gauge("livedash_job_queue_info", "What hands plot jobs to workers; always 1.").Sample(1, ("kind", queue.Kind));
        text.Gauge("livedash_job_queue_healthy", "0 while there is something to warn of, which the page of workers says.").Sample(queue.Warning is null ? 1 : 0);
        text.Gauge("livedash_jobs_waiting", "Plot jobs that wait for a worker.").Sample(jobs.Waiting);
        var workers = queue.Workers;
        text.Gauge("livedash_job_workers", "Workers that are there.").Sample(workers.Count);
        text.Gauge("livedash_job_worker_busy", "1 while the worker makes a job.");
        foreach (var one in workers) text.Sample(one.Job is null ? 0 : 1, ("worker", one.Name));
        text.Counter("livedash_job_worker_done_total", "Plot jobs made by the worker since it began.");
        foreach (var one in workers) text.Sample(one.Done, ("worker", one.Name));
        text.Counter("livedash_job_worker_failed_total", "Plot jobs that failed with the worker since it began.");
        foreach (var one in workers) text.Sample(one.Failed, ("worker", one.Name));
        text.Gauge("livedash_job_worker_points_rate", "Points a second that the worker read, over its last job.");
        foreach (var one in workers) text.Sample(one.PointsPerSecond, ("worker", one.Name));
    }

    private void WriteCollections(PrometheusText text)
    {
        var maps = collections.Settings.Collections;
        text.Counter("livedash_collection_documents_total", "Documents of a mapped collection that were read.");
        foreach (var map in maps) text.Sample(readers.Account(map.Name).Read, ("collection", map.Name), ("mode", JsonNamingPolicy.CamelCase.ConvertName(map.Mode.ToString())));
        text.Counter("livedash_collection_refused_total", "Documents that gave no point, or not all.");
        foreach (var map in maps)
        {
            foreach (var (reason, count) in readers.Account(map.Name).Refused) text.Sample(count, ("collection", map.Name), ("reason", reason));
        }
    }

    private void WriteQueue(PrometheusText text)
    {
        var (waiting, capacity) = pipeline.Queue;
        text.Gauge("livedash_queue_points", "Points in the ingest queue.").Sample(waiting);
        text.Gauge("livedash_queue_capacity_points", "Points the ingest queue holds at most.").Sample(capacity);
        text.Counter("livedash_consumer_failures_total", "Batches that the live engine failed on.").Sample(pipeline.ConsumerFailures);
    }
}
