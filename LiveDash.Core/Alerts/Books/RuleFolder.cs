using LiveDash.Core.Diagnostics;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Keeps the rules of a folder of files in the book. Files are looked at every two seconds: notices of changes get lost on network drives and in
/// containers. A file with a fault changes nothing, so its last good rules stay; a rule that leaves its file, or whose file goes, is deleted.
/// Which file owns which rule is kept, so that holds over a restart too; an owned rule is changed by its file alone. <see cref="StepAsync"/> is for one caller at a time.
/// </summary>
public sealed partial class RuleFolder(
    RuleBook rules, IDocumentStore documents, IOptions<RuleFolderOptions> options, LoopSupervisor loops, TimeProvider time, ILogger<RuleFolder> logger) : BackgroundService
{
    private const string OwnerKind = "rule-file";
    private const int MaxFiles = 1_000;
    private const int MaxLoggedFaults = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // As many as there are files, at most MaxFiles.
    private readonly Dictionary<string, (DateTime Written, long Length, string Target)> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _owned = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, IReadOnlyList<RuleFileFault>> _faults = new Dictionary<string, IReadOnlyList<RuleFileFault>>();
    private bool _isLoaded;
    private bool _isFolderGone;

    /// <summary>What is wrong now, by file name. Thread-safe.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RuleFileFault>> Faults => _faults;

    /// <summary>Looks at the folder once.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.Folder)) return;
        if (!_isLoaded)
        {
            foreach (var document in await documents.ListAsync(OwnerKind, cancellationToken)) _owned[document.Id] = DocumentJson.TryRead<string[]>(document.Body) ?? [];
            _isLoaded = true;
            TellFiles();
        }

        var folder = new DirectoryInfo(options.Value.Folder);
        if (!folder.Exists)
        {
            // A drive that is not mounted yet is no wish to delete every rule.
            if (!_isFolderGone) LogNoFolder(logger, folder.FullName);
            _isFolderGone = true;
            return;
        }

        _isFolderGone = false;
        var files = folder.EnumerateFiles().Where(static file => file.Extension is ".yaml" or ".yml" or ".json")
            .OrderBy(static file => file.Name, StringComparer.Ordinal).Take(MaxFiles).ToList();
        foreach (var gone in _owned.Keys.Concat(_seen.Keys).Where(name => files.TrueForAll(file => file.Name != name)).Distinct().ToList())
        {
            await OwnAsync(gone, [], cancellationToken);
            _seen.Remove(gone);
            Report(gone, []);
        }

        foreach (var file in files)
        {
            var stamp = FolderFile.StampOf(file);
            if (_seen.TryGetValue(file.Name, out var seen) && seen == stamp) continue;
            if (await TryLoadAsync(file, cancellationToken)) _seen[file.Name] = stamp;
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        string.IsNullOrEmpty(options.Value.Folder) ? Task.CompletedTask : loops.RunAsync("rule folder", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            loop.Turn();
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(logger, options.Value.Folder!, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryLoadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        RuleFileContent content;
        try
        {
            content = RuleFileReader.Read(await FolderFile.ReadAsync(file, RuleFileReader.MaxLength, cancellationToken), cancellationToken, file.Name);
        }
        catch (FormatException e)
        {
            content = new RuleFileContent([], [new(1, null, e.Message)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Half written, or gone meanwhile: the next look tells.
            LogUnreadable(logger, file.FullName, e);
            return false;
        }

        var faults = content.Faults.Where(static fault => !fault.IsNote).ToList();
        foreach (var rule in content.Rules)
        {
            if (_owned.FirstOrDefault(pair => pair.Key != file.Name && pair.Value.Contains(rule.Id)).Key is { } other) faults.Add(new(1, rule.Name, $"The file '{other}' has a rule '{rule.Id}' already."));
        }

        if (faults.Count == 0)
        {
            foreach (var rule in content.Rules)
            {
                var (_, found) = await rules.PutFromFileAsync(rule, cancellationToken);
                faults.AddRange(found.Select(fault => new RuleFileFault(1, rule.Name, fault.Detail)));
            }
        }

        if (faults.Count == 0) await OwnAsync(file.Name, [.. content.Rules.Select(static rule => rule.Id)], cancellationToken);
        Report(file.Name, faults);
        foreach (var fault in faults.Take(MaxLoggedFaults)) LogFault(logger, file.Name, fault.Line, fault.Rule, fault.Detail);
        return true;
    }

    private async Task OwnAsync(string file, string[] ids, CancellationToken cancellationToken)
    {
        var before = _owned.GetValueOrDefault(file) ?? [];
        // Ownership first: cut off between the two, a rule too many stays rather than one is deleted that another file has.
        await documents.ApplyAsync([new DocumentChange(OwnerKind, file, ids.Length == 0 ? null : DocumentJson.Write(ids))], cancellationToken);
        if (ids.Length == 0) _owned.Remove(file);
        else _owned[file] = ids;
        foreach (var id in before.Except(ids)) await rules.DeleteFromFileAsync(id, cancellationToken);
        TellFiles();
    }

    private void TellFiles() => rules.TellFiles(_owned.SelectMany(static pair => pair.Value.Select(id => (id, pair.Key))).DistinctBy(static pair => pair.id)
        .ToDictionary(static pair => pair.id, static pair => pair.Key, StringComparer.Ordinal));

    private void Report(string file, IReadOnlyList<RuleFileFault> faults)
    {
        var all = _faults.Where(pair => pair.Key != file).ToDictionary();
        if (faults.Count > 0) all[file] = faults;
        _faults = all;
    }

    [LoggerMessage(4010, LogLevel.Error, "Rule file {File}, line {Line}, rule '{Rule}': {Detail} The last good rules of the file stay")]
    private static partial void LogFault(ILogger logger, string file, int line, string? rule, string detail);

    [LoggerMessage(4011, LogLevel.Warning, "The rule folder {Folder} of LiveDash:Rules:Folder does not exist; it is looked for again")]
    private static partial void LogNoFolder(ILogger logger, string folder);

    [LoggerMessage(4012, LogLevel.Warning, "Rule files at {Path} could not be read; they are looked at again")]
    private static partial void LogUnreadable(ILogger logger, string path, Exception exception);
}
