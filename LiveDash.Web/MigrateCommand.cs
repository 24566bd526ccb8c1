using System.Globalization;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Options;

namespace LiveDash.Web;

/// <summary>
/// <c>migrate --from sqlite --to mongodb|postgresql</c> on the command line, or any other way round: copies everything from one store into another and compares it. It can be broken off
/// and started again. Neither store may be in use.
/// </summary>
internal static class MigrateCommand
{
    private const string Usage = """
        LiveDash migrate --from sqlite|mongodb|postgresql --to sqlite|mongodb|postgresql
        The embedded store is that of --LiveDash:DataDirectory=PATH, the others those of --LiveDash:Storage:MongoDB=mongodb://... and
        --LiveDash:Storage:PostgreSQL=postgresql://..., or as the settings say. The target must be empty, or hold what a migration that was broken off has copied. The source is not changed, but for its newest points being sealed.
        """;

    /// <summary>Runs it.</summary>
    /// <param name="args">What follows the word migrate.</param>
    /// <returns>0 when all is there, 1 when it was broken off, 2 when it could not be done.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (Kind(Said(args, "--from")) is not { } from || Kind(Said(args, "--to")) is not { } to || from == to)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var app = LiveDashApp.Build([.. args.Where(static arg => arg.StartsWith("--LiveDash:", StringComparison.Ordinal))]);
        var options = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if ((Missing(from, options) ?? Missing(to, options)) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        using var interruption = new Interruption();
        try
        {
            var done = await StorageServices.MigrateAsync(options, from, to, TimeProvider.System, Tell, interruption.Token);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Points:N0} points and {done.Documents:N0} documents are in the target, compared byte by byte."));
            return 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.WriteLine("Broken off. Started again it goes on.");
            return 1;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreFullException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static StoreKind? Kind(string? name) => name switch
    {
        "sqlite" => StoreKind.Sqlite,
        "mongodb" => StoreKind.MongoDB,
        "postgresql" => StoreKind.PostgreSQL,
        _ => null,
    };

    private static string? Missing(StoreKind kind, StorageOptions options) => kind switch
    {
        StoreKind.MongoDB when options.MongoDB is not { Length: > 0 } => "LiveDash:Storage:MongoDB is not set: it names the database of MongoDB.",
        StoreKind.PostgreSQL when options.PostgreSQL is not { Length: > 0 } => "LiveDash:Storage:PostgreSQL is not set: it names the database of PostgreSQL.",
        _ => null,
    };

    private static void Tell(MigrationProgress progress) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Step}: {progress.Points:N0} of {progress.Of:N0} points, {progress.Documents:N0} documents"));

    private static string? Said(string[] args, string option)
    {
        var at = Array.IndexOf(args, option);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
