using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Collections;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Diagnostics;

/// <summary>
/// LiveDash's own metrics as instruments of a .NET meter, which OpenTelemetry reads for <c>/metrics</c> and for a receiver (<see cref="OwnMetering"/>). Every
/// instrument is observed, so nothing is counted twice; a collection costs a few snapshots. What is gone is not told any more. Thread-safe.
/// </summary>
internal sealed class OwnMetrics : IDisposable
{
    // Several apps in one process, as in tests, must not read one another's meters, which are found by name.
    private static int s_made;

    private readonly Meter _meter;
    private readonly SourceRegistry _sources;
    private readonly IPointStore _store;
    private readonly LiveEngine _engine;
    private readonly LoopSupervisor _loops;
    private readonly JobBook _jobs;
    private readonly IJobQueue _queue;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _facts = new(StringComparer.Ordinal);
    private IReadOnlyList<SourceSnapshot> _accounts = [];

    /// <summary>Makes the instruments.</summary>
    public OwnMetrics(
        SourceRegistry sources, IngestPipeline pipeline, IPointStore store, SeriesCatalog catalog, CircuitCounter circuits, JobBook jobs, IJobQueue queue,
        LiveEngine engine, LoopSupervisor loops, AbortedUploads aborted, CollectionBook collections, CollectionClients readers, TimeProvider time)
    {
        var made = Interlocked.Increment(ref s_made);
        _meter = new Meter(made == 1 ? "LiveDash" : string.Create(CultureInfo.InvariantCulture, $"LiveDash.{made}"));
        (_sources, _store, _engine, _loops, _jobs, _queue, _time) = (sources, store, engine, loops, jobs, queue, time);
        AddSources();
        Gauge("livedash_queue_points", "Points in the ingest queue.", () => pipeline.Queue.Waiting);
        Gauge("livedash_queue_capacity_points", "Points the ingest queue holds at most.", () => pipeline.Queue.Capacity);
        Counter("livedash_consumer_failures_total", "Batches that the live engine failed on.", () => pipeline.ConsumerFailures);
        AddStore();
        Gauge("livedash_series", "Series known.", () => catalog.Count);
        Gauge("livedash_circuits", "Circuits alive: one an open tab.", () => circuits.Open);
        Gauge("livedash_circuits_connected", "Circuits with a browser on the other end now.", () => circuits.Connected);
        Counter("livedash_circuits_opened_total", "Circuits opened since the start.", () => circuits.Opened);
        AddEngine();
        AddLoops();
        Counter("livedash_aborted_uploads_total", "Requests whose sender left before the body was whole.", () => aborted.Count);
        AddJobs();
        Counter("livedash_collection_documents_total", "Documents of a mapped collection that were read.", () => collections.Settings.Collections.Select(
            map => Of(readers.Account(map.Name).Read, ("collection", map.Name), ("mode", JsonNamingPolicy.CamelCase.ConvertName(map.Mode.ToString())))));
        Counter("livedash_collection_refused_total", "Documents that gave no point, or not all.", () => collections.Settings.Collections.SelectMany(
            map => readers.Account(map.Name).Refused.Select(pair => Of(pair.Count, ("collection", map.Name), ("reason", pair.Reason)))));
        AddProcess();
    }

    /// <summary>Under which name the meter is found.</summary>
    public string Meter => _meter.Name;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void AddSources()
    {
        // Instruments are observed in the order in which they were made: the first one takes the snapshot that all accounts are told from, so that they add up.
        Counter("livedash_source_offered_total", "Points, or lines that should have been points, that arrived.", () =>
        {
            _accounts = _sources.Snapshot(_time.GetUtcNow().UtcTicks);
            AddFacts();
            return Each(static one => one.Offered);
        });
        Counter("livedash_source_accepted_total", "Points kept.", () => Each(static one => one.Accepted));
        Counter("livedash_source_repeated_total", "Points that were kept before.", () => Each(static one => one.Repeated));
        Counter("livedash_source_replaced_total", "Points that took the place of others; a part of those accepted.", () => Each(static one => one.Replaced));
        Counter("livedash_source_rejected_total", "Points refused for what they say.", () => Reasons(static one => one.Rejected));
        Counter("livedash_source_dropped_total", "Good points lost.", () => Reasons(static one => one.Dropped));
        Gauge("livedash_source_waiting", "Points queued or on their way to the disk.", () => Each(static one => one.Waiting));
        Gauge("livedash_source_rate", "Points admitted a second, over the last ten seconds.", () => Each(static one => one.Rate));
        Gauge("livedash_source_lag_seconds", "How far the newest event time was behind its arrival.",
            () => _accounts.Where(static one => one.Lag is not null).Select(static one => Of(one.Lag!.Value.TotalSeconds, ("kind", one.Kind), ("source", one.Name))));
    }

    private IEnumerable<Measurement<double>> Each(Func<SourceSnapshot, double> value) => _accounts.Select(one => Of(value(one), ("kind", one.Kind), ("source", one.Name)));

    private IEnumerable<Measurement<double>> Reasons(Func<SourceSnapshot, IEnumerable<KeyValuePair<string, long>>> counts) =>
        _accounts.SelectMany(one => counts(one).Select(pair => Of(pair.Value, ("kind", one.Kind), ("source", one.Name), ("reason", pair.Key))));

    private void AddStore()
    {
        Gauge("livedash_store_info", "What keeps the points; always 1.", () => [Of(1, ("engine", _store.Status.Engine))]);
        Gauge("livedash_store_state", "1 for the state that the store is in.", () =>
        {
            var now = _store.Status.State;
            return Enum.GetValues<StoreState>().Select(state => Of(state == now ? 1 : 0, ("state", state.ToString().ToLowerInvariant())));
        });
        Gauge("livedash_store_points", "Points kept.", () => _store.Status.Points);
        Gauge("livedash_store_bytes", "Bytes on disk.", () => _store.Status.Bytes);
        Gauge("livedash_store_free_bytes", "Bytes free on that disk.", () => _store.Status.FreeBytes);
        Counter("livedash_store_appended_total", "Points committed since the start.", () => _store.Status.Appended);
        Counter("livedash_store_commits_total", "Commits since the start.", () => _store.Status.Commits);
        Gauge("livedash_store_queued", "Points that wait for a commit.", () => _store.Status.Queued);
    }

    // What a database tells besides is known once it is open. An instrument that is made while others are observed is observed in the same round.
    private void AddFacts()
    {
        foreach (var fact in _store.Status.Facts)
        {
            if (fact.Value is null) continue;
            lock (_facts)
            {
                if (!_facts.Add(fact.Name)) continue;
            }

            var name = fact.Name;
            Gauge("livedash_store_" + name.Replace(' ', '_'), $"The database's {name}.",
                () => _store.Status.Facts.Where(one => one.Name == name && one.Value is not null).Select(static one => Of(one.Value!.Value)));
        }
    }

    private void AddEngine()
    {
        Gauge("livedash_windows", "Windows kept.", () => _engine.Status.Windows);
        Gauge("livedash_window_bytes", "Bytes of points that windows hold.", () => _engine.WindowBytes);
        Counter("livedash_engine_faults_total", "Batches, commands or scans of the engine that failed.", () => _engine.Status.Faults);
        Gauge("livedash_points_ahead", "Points ahead of the clock that windows and rules do not see yet.", () => _engine.Status.Ahead);
        Counter("livedash_points_ahead_refused_total", "Points ahead of the clock for which there was no place to wait.", () => _engine.Status.AheadRefused);
    }

    private void AddLoops()
    {
        Counter("livedash_loop_faults_total", "How often a background loop failed and was started again.", () => _loops.Status.Select(static loop => Of(loop.Faults, ("loop", loop.Name))));
        Gauge("livedash_loop_degraded", "1 while a background loop has failed and not gone round since.", () => _loops.Status.Select(static loop => Of(loop.IsDegraded ? 1 : 0, ("loop", loop.Name))));
    }

    private void AddJobs()
    {
        Gauge("livedash_job_queue_info", "What hands plot jobs to workers; always 1.", () => [Of(1, ("kind", _queue.Kind))]);
        Gauge("livedash_job_queue_healthy", "0 while there is something to warn of, which the page of workers says.", () => _queue.Warning is null ? 1 : 0);
        Gauge("livedash_jobs_waiting", "Plot jobs that wait for a worker.", () => _jobs.Waiting);
        Gauge("livedash_job_workers", "Workers that are there.", () => _queue.Workers.Count);
        Gauge("livedash_job_worker_busy", "1 while the worker makes a job.", () => _queue.Workers.Select(static one => Of(one.Job is null ? 0 : 1, ("worker", one.Name))));
        Counter("livedash_job_worker_done_total", "Plot jobs made by the worker since it began.", () => _queue.Workers.Select(static one => Of(one.Done, ("worker", one.Name))));
        Counter("livedash_job_worker_failed_total", "Plot jobs that failed with the worker since it began.", () => _queue.Workers.Select(static one => Of(one.Failed, ("worker", one.Name))));
        Gauge("livedash_job_worker_points_rate", "Points a second that the worker read, over its last job.", () => _queue.Workers.Select(static one => Of(one.PointsPerSecond, ("worker", one.Name))));
    }

    private void AddProcess()
    {
        Counter("process_cpu_seconds_total", "CPU time of this process.", static () => Environment.CpuUsage.TotalTime.TotalSeconds);
        Gauge("process_resident_memory_bytes", "Memory of this process in RAM.", static () => Environment.WorkingSet);
        Gauge("process_start_time_seconds", "When this process started, in epoch seconds.", static () =>
        {
            using var process = Process.GetCurrentProcess();
            return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        });
        Gauge("process_threads", "Threads of this process.", static () =>
        {
            using var process = Process.GetCurrentProcess();
            return process.Threads.Count;
        });
        Gauge("dotnet_gc_heap_bytes", "Bytes of the managed heap, as of now.", static () => GC.GetTotalMemory(forceFullCollection: false));
        Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.", static () => GC.GetTotalAllocatedBytes());
        Counter("dotnet_gc_pause_seconds_total", "Time for which the collector stopped everything.", static () => GC.GetTotalPauseDuration().TotalSeconds);
        Counter("dotnet_gc_collections_total", "Collections by generation.",
            static () => Enumerable.Range(0, GC.MaxGeneration + 1).Select(static generation => Of(GC.CollectionCount(generation), ("generation", generation.ToString(CultureInfo.InvariantCulture)))));
        Gauge("dotnet_threadpool_queue", "Work items that wait for a thread.", static () => ThreadPool.PendingWorkItemCount);
    }

    private static Measurement<double> Of(double value, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var pairs = new KeyValuePair<string, object?>[tags.Length];
        for (var i = 0; i < tags.Length; i++) pairs[i] = new(tags[i].Name, tags[i].Value);
        return new(value, pairs);
    }

    private void Gauge(string name, string help, Func<double> value) => _meter.CreateObservableGauge(name, value, unit: null, help);

    private void Gauge(string name, string help, Func<IEnumerable<Measurement<double>>> values) => _meter.CreateObservableGauge(name, values, unit: null, help);

    private void Counter(string name, string help, Func<double> value) => _meter.CreateObservableCounter(name, value, unit: null, help);

    private void Counter(string name, string help, Func<IEnumerable<Measurement<double>>> values) => _meter.CreateObservableCounter(name, values, unit: null, help);
}
