using System.Globalization;
using LiveDash.Core.Storage;

namespace LiveDash.Web;

/// <summary>
/// <c>backup FILE</c>, <c>verify FILE</c> and <c>restore FILE</c> on the command line. A backup is made whether a server runs on the data directory or not; a restore needs it to be stopped,
/// and keeps what was there beside it.
/// </summary>
internal static class BackupCommand
{
    private const string Usage = """
        LiveDash backup FILE     copies all that is kept into FILE, which must not be there yet, while the server runs or not, and checks the copy
        LiveDash verify FILE     reads a whole backup
        LiveDash restore FILE    puts a backup in the place of the data, which is moved aside; the server must be stopped
        The data directory is that of the settings, or --LiveDash:DataDirectory=PATH.
        """;

    /// <summary>Runs it.</summary>
    /// <param name="args">The word, the file, and settings.</param>
    /// <returns>0 when it is done, 1 where the backup is damaged, 2 when it could not be done.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2 || args[1].StartsWith('-'))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        // Built for its settings; never started.
        await using var app = LiveDashApp.Build([.. args[2..], "--urls", "http://127.0.0.1:0"]);
        var store = app.Services.GetRequiredService<IStoreMaintenance>();
        var file = Path.GetFullPath(args[1]);
        if (args[0] != "verify" && app.Services.GetRequiredService<StorageOptions>() is { MongoDB.Length: > 0 } or { PostgreSQL.Length: > 0 })
        {
            await Console.Error.WriteLineAsync("The store is in MongoDB or PostgreSQL: that database is backed up and restored with its own tools (mongodump --oplog, pg_dump). Keep a copy of the key file apart.");
            return 2;
        }

        try
        {
            return args[0] switch
            {
                "backup" => BackUp(store, file),
                "verify" => Verify(store, file),
                _ => Restore(store, file, app.Services.GetRequiredService<TimeProvider>().GetUtcNow()),
            };
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreFullException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static int BackUp(IStoreMaintenance store, string file)
    {
        using var interruption = new Interruption();
        try
        {
            if (store.BackUp(file, interruption.Token) is not { } report)
            {
                Console.WriteLine($"There is no database in {store.Place}.");
                return 2;
            }

            Console.WriteLine($"{Describe(report)}, read again and sound. The key file is not in it: keep a copy of that apart, or secrets of channels and sources have to be typed anew.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Broken off; nothing was kept.");
            return 2;
        }
    }

    private static int Verify(IStoreMaintenance store, string file)
    {
        var (faults, report) = store.Verify(file);
        foreach (var fault in faults) Console.WriteLine(fault);
        if (report is not null) Console.WriteLine(Describe(report) + ", sound.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static int Restore(IStoreMaintenance store, string file, DateTimeOffset now)
    {
        var (aside, report) = store.Restore(file, now);
        Console.WriteLine($"Restored into {store.Place}: {Describe(report)}." + (aside is null ? "" : $" What was there before is kept as {aside}."));
        return 0;
    }

    private static string Describe(BackupReport report) => string.Create(
        CultureInfo.InvariantCulture, $"{report.File}: {report.Points:N0} points of {report.Series:N0} series and {report.Documents:N0} documents in {report.Bytes / 1048576.0:N1} MiB");
}
