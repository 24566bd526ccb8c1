using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security.Secrets;

/// <summary>At start, once the store is open and before anything is read from it: loads the key file, encrypts what earlier versions kept in the clear, and takes away the keys they kept as files.</summary>
internal sealed partial class SecretsKeeper(KeyFile file, SealedStore store, DataDirectory data, ILogger<SecretsKeeper> logger) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        file.Load();
        if (IsOthers(file.Path)) LogOpenKey(logger, file.Path);
        try
        {
            if (await store.SealAllAsync(cancellationToken) is > 0 and var count) LogSealed(logger, count);
        }
        catch (IOException exception)
        {
            // A full or read-only disk: they stay as they were, and the next start tries again.
            LogNotSealed(logger, exception);
        }

        RemoveOldKeys();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111) != 0;

    // They stand there in the clear and open nothing any more.
    private void RemoveOldKeys()
    {
        var folder = new DirectoryInfo(data.File("keys"));
        try
        {
            if (!folder.Exists || folder.LinkTarget is not null) return;
            foreach (var key in folder.EnumerateFiles("key-*.xml")) key.Delete();
            if (!folder.EnumerateFileSystemInfos().Any()) folder.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogOldKeys(logger, exception, folder.FullName);
        }
    }

    [LoggerMessage(7011, LogLevel.Information, "{Count} documents with secrets were kept in the clear and are encrypted now")]
    private static partial void LogSealed(ILogger logger, int count);

    [LoggerMessage(7012, LogLevel.Warning, "Documents with secrets are still kept in the clear; the next start encrypts them")]
    private static partial void LogNotSealed(ILogger logger, Exception exception);

    [LoggerMessage(7013, LogLevel.Warning, "The key file {File} may be read by others: take that from them (chmod 600)")]
    private static partial void LogOpenKey(ILogger logger, string file);

    [LoggerMessage(7014, LogLevel.Warning, "The keys of an earlier version in {Folder} could not be deleted")]
    private static partial void LogOldKeys(ILogger logger, Exception exception, string folder);
}
