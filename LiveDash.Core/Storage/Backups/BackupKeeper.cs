using System.Globalization;
using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Storage.Backups;

/// <summary>
/// Makes a backup into the folder of the settings whenever the newest there is older than the interval, and deletes the oldest beyond the number to keep: only files that are named
/// as its own are touched. What is due is read from the folder, so a restart neither forgets nor repeats one. Thread-safe; one backup at a time.
/// </summary>
public sealed partial class BackupKeeper(IStoreBackup store, BackupOptions options, LoopSupervisor loops, TimeProvider time, ILogger<BackupKeeper> logger) : BackgroundService
{
    /// <summary>How often it looks whether one is due.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>How long it waits after one that failed, where the interval is not shorter.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const string Prefix = "livedash-";
    private const string Suffix = ".db";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile BackupOutcome? _last;

    /// <summary>One was made, or failed. Raised on any thread.</summary>
    public event Action<BackupOutcome>? Made;

    /// <summary>The settings.</summary>
    public BackupOptions Options => options;

    /// <summary>How the last one since the start went; null for none.</summary>
    public BackupOutcome? Last => _last;

    /// <summary>When the next one is due; null where none are made by themselves.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            if (options.Folder.Length == 0) return null;
            var newest = Files() is [var first, ..] ? first.MadeAt : (DateTimeOffset?)null;
            var due = newest is { } made ? made + options.Interval : time.GetUtcNow();
            return _last is { Fault: not null } failed && failed.At + Wait > due ? failed.At + Wait : due;
        }
    }

    private TimeSpan Wait => options.Interval < Patience ? options.Interval : Patience;

    /// <summary>Those that are in the folder, the newest first; none where it cannot be read.</summary>
    public IReadOnlyList<BackupFile> Files()
    {
        try
        {
            var folder = new DirectoryInfo(options.Folder.Length > 0 ? options.Folder : ".");
            if (options.Folder.Length == 0 || !folder.Exists) return [];
            return [.. folder.EnumerateFiles(Prefix + "*" + Suffix).Select(static file => TimeOf(file.Name) is { } at ? new BackupFile(file.Name, at, file.Length) : null).OfType<BackupFile>().OrderByDescending(static file => file.MadeAt)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Makes one now; a failure is an outcome, not an exception.</summary>
    /// <exception cref="InvalidOperationException">No folder is set.</exception>
    public async Task<BackupOutcome> MakeAsync(CancellationToken cancellationToken)
    {
        if (options.Folder.Length == 0) throw new InvalidOperationException($"{BackupOptions.Section}:Folder is not set.");
        await _making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var outcome = await TryAsync(cancellationToken).ConfigureAwait(false);
            _last = outcome;
            if (outcome.Fault is { } fault) LogFailed(logger, fault);
            else LogMade(logger, outcome.Report!.File, outcome.Report.Points, outcome.Took.TotalSeconds, outcome.Removed.Count);
            Made?.Invoke(outcome);
            return outcome;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Makes one where one is due.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (NextAt <= time.GetUtcNow()) await MakeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _making.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Folder.Length == 0 ? Task.CompletedTask : loops.RunAsync("backup", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            loop.Turn();
            await StepAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<BackupOutcome> TryAsync(CancellationToken cancellationToken)
    {
        var (now, begun) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            Directory.CreateDirectory(options.Folder);
            var file = Path.Combine(options.Folder, Prefix + now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + Suffix);
            var report = await store.BackUpAsync(file, cancellationToken).ConfigureAwait(false);
            return new BackupOutcome(now, time.GetElapsedTime(begun), report, null, Rotate());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new BackupOutcome(now, time.GetElapsedTime(begun), null, exception.Message, []);
        }
    }

    // After the new one is there and was checked, never before.
    private List<string> Rotate()
    {
        var removed = new List<string>();
        foreach (var old in Files().Skip(options.Keep))
        {
            File.Delete(Path.Combine(options.Folder, old.Name));
            removed.Add(old.Name);
        }

        return removed;
    }

    private static DateTimeOffset? TimeOf(string name) =>
        DateTimeOffset.TryParseExact(name[Prefix.Length..^Suffix.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    [LoggerMessage(2401, LogLevel.Information, "Backup {File} made in {Seconds:0.0} s: {Points} points; {Removed} older ones deleted")]
    private static partial void LogMade(ILogger logger, string file, long points, double seconds, int removed);

    [LoggerMessage(2402, LogLevel.Error, "The backup failed: {Fault}")]
    private static partial void LogFailed(ILogger logger, string fault);
}
