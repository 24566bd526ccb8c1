using System.Globalization;
using System.IO.Pipelines;
using LiveDash.Core;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web;

/// <summary>
/// <c>import FILE</c> on the command line: puts a file of points into the store of the data directory, through the server's own admission and queue, and ends. Rules are not judged and nobody is told: the past is not news.
/// A server that runs on the same directory holds it; then the page /import is the way.
/// </summary>
internal static class ImportCommand
{
    private const string Usage = """
        LiveDash import FILE [--format csv|json|geojson|points] [--series NAME] [--series-column COLUMN] [--time COLUMN] [--value COLUMN[,COLUMN]] [--x COLUMN] [--y COLUMN]
        The file is CSV with a header, JSON objects (an array, or one a line), GeoJSON points, or points as LiveDash writes them. What is not said is guessed
        from the file's beginning; a member within a member is named with dots, such as record.high. --value "" counts rows, --time "" takes the file's own time;
        --value a,b makes a series of each. --time-format iso|dmy|mdy|compact|excel|s|ms|us|ns, --decimal . or a comma, and --separator say how the file is written;
        --allow-old takes times before 2000 and ahead, --replace puts rows in the place of those kept before under the same file name and line.
        Settings such as --LiveDash:DataDirectory=PATH work as for the server.
        """;

    private static readonly string[] s_options = ["--format", "--series", "--series-column", "--time", "--value", "--x", "--y", "--time-format", "--decimal", "--separator"];
    private static readonly string[] s_switches = ["--allow-old", "--replace"];

    /// <summary>Runs it.</summary>
    /// <param name="args">What follows the word import.</param>
    /// <returns>0 when every row was kept, 1 when some were not, 2 when it could not begin.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var said = new Dictionary<string, string>();
        string? file = null;
        List<string> settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (s_switches.Contains(args[i])) said[args[i]] = "";
            else if (s_options.Contains(args[i]) && i + 1 < args.Length) said[args[i]] = args[++i];
            else if (args[i].StartsWith("--", StringComparison.Ordinal)) settings.Add(args[i]);
            else file ??= args[i];
        }

        var format = default(ImportFormat);
        if (!Enum.TryParse<TimeFormat>(said.GetValueOrDefault("--time-format", "auto"), ignoreCase: true, out var times) || !Enum.IsDefined(times)) file = null;
        if (file is null || !File.Exists(file) || (said.TryGetValue("--format", out var wanted) && (!Enum.TryParse(wanted, ignoreCase: true, out format) || !Enum.IsDefined(format))))
        {
            await Console.Error.WriteLineAsync(file is not null && !File.Exists(file) ? $"There is no file {file}." : Usage);
            return 2;
        }

        var (guessed, map) = await GuessAsync(file);
        map = map with
        {
            Series = said.GetValueOrDefault("--series", map.Series),
            SeriesColumn = Said("--series-column", said.ContainsKey("--series") ? null : map.SeriesColumn),
            Time = Said("--time", map.Time),
            Values = said.TryGetValue("--value", out var values) ? (values.Length == 0 ? [] : [values]) : map.Values,
            TimeFormat = times,
            DecimalComma = said.TryGetValue("--decimal", out var mark) ? mark == "," : null,
            Separator = said.TryGetValue("--separator", out var between) ? (between == "tab" ? '\t' : between is [var part] && FilePreview.CanPart(part) ? part : null) : null,
            AllowOld = said.ContainsKey("--allow-old"),
            Replace = said.ContainsKey("--replace"),
            X = Said("--x", map.X),
            Y = Said("--y", map.Y),
        };
        if (!said.ContainsKey("--format")) format = guessed;
        await Console.Error.WriteLineAsync($"{Path.GetFileName(file)}: {Describe(format, map)}");
        return await ImportAsync(file, format, map, settings);

        // Said to be empty means none, whatever is guessed.
        string? Said(string option, string? guess) => said.TryGetValue(option, out var column) ? (column.Length == 0 ? null : column) : guess;
    }

    private static async Task<(ImportFormat Format, ImportMap Map)> GuessAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        var head = new byte[16 * 1024];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
        var preview = FilePreview.Read(head.AsSpan(0, length), Path.GetFileName(file));
        return (preview.Format, preview.Guess with { FileId = Path.GetFileName(file), DefaultTicks = File.GetLastWriteTimeUtc(file).Ticks });
    }

    private static string Describe(ImportFormat format, ImportMap map) => format == ImportFormat.Points
        ? "points as JSON"
        : $"{format}, series {(map.SeriesColumn is { } column ? $"by column {column}" : map.Series)}, time {map.Time ?? "of the file"}, value {(map.Values.Count == 0 ? "1" : string.Join(", ", map.Values))}"
            + (format != ImportFormat.GeoJson ? $", x {map.X ?? "none"}, y {map.Y ?? "none"}" : "");

    private static async Task<int> ImportAsync(string file, ImportFormat format, ImportMap map, List<string> settings)
    {
        var app = Build(settings);
        await using var ending = (IAsyncDisposable)app;
        try
        {
            await app.StartAsync();
        }
        catch (StoreUnavailableException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} If a server runs on it, import the file on its page /import.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        // The host takes Ctrl+C and the signal to end for itself; both mean here that the import is cancelled.
        await using var ended = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stop.Cancel);
        var (pipeline, time) = (app.Services.GetRequiredService<IngestPipeline>(), app.Services.GetRequiredService<TimeProvider>());
        var store = app.Services.GetRequiredService<IPointStore>();
        while (store.Status.State == StoreState.Opening) await Task.Delay(20, stop.Token);
        await using var session = new IngestSession(pipeline, app.Services.GetRequiredService<SourceRegistry>().Get("import", map.FileId), time, Timeout.InfiniteTimeSpan)
        {
            MaxWaiting = IngestSession.FileBatches,
        };
        var cancelled = false;
        IngestReport report;
        try
        {
            await using var stream = File.OpenRead(file);
            await using var told = new ImportProgress(stream, Console.Error);
            await app.Services.GetRequiredService<PointDecoders>().ImportAsync(format, map, PipeReader.Create(told), session, time, stop.Token);
            report = await session.CompleteAsync(AckMode.Stored, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            cancelled = true;
            report = await session.CompleteAsync(AckMode.Stored, CancellationToken.None);
        }
        catch (ImportQuestionException question)
        {
            await Console.Error.WriteLineAsync($"\n{question.Message.Replace("timeFormat=", "--time-format ", StringComparison.Ordinal)}");
            await app.StopAsync();
            return 2;
        }
        catch (NoTextException binary)
        {
            await Console.Error.WriteLineAsync("\n" + binary.Message);
            await app.StopAsync();
            return 2;
        }
        catch (TooManyFaultsException exception)
        {
            report = await session.CompleteAsync(AckMode.Stored, CancellationToken.None);
            await Console.Error.WriteLineAsync(exception.Message);
        }

        await Console.Error.WriteLineAsync();
        if (report.Guesses.Count > 0) await Console.Error.WriteLineAsync("  read as " + string.Join(", ", report.Guesses.Select(static guess => $"{guess.Key} {guess.Value}")));
        foreach (var warning in report.Warnings) await Console.Error.WriteLineAsync("  " + warning);
        foreach (var row in report.KeptBefore) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {row.SenderId}: {(map.Replace ? "was" : "stays")} {row.Kept}, the file says {row.Sent}{(map.Replace ? "" : "; --replace takes it")}"));
        foreach (var error in report.Errors) await Console.Error.WriteLineAsync($"  line {error.Line}: {ReasonNames.Of(error.Reason)}: {error.Detail}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Accepted:N0} rows kept, {report.Rejected:N0} refused{(report.Repeated > 0 ? $", {report.Repeated:N0} kept before" : "")}{(report.Replaced > 0 ? $", {report.Replaced:N0} of them replaced" : "")}{(report.NotKept > 0 ? $", {report.NotKept:N0} not kept by the store" : "")}."));
        if (cancelled) Console.WriteLine("Cancelled: what was read before is kept. Importing the same CSV or GeoJSON again completes it and keeps each row once.");
        await app.StopAsync();
        return cancelled || report.Rejected > 0 || report.NotKept > 0 ? 1 : 0;
    }

    private static IHost Build(List<string> settings)
    {
        // No server: without pages, windows and rules it takes a third of the memory. Nobody looks at the newest points, so few of them wait in memory.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--LiveDash:Storage:SealPoints=65536", .. settings, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None", "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=None"],
        });
        builder.Services.AddLiveDashImport(builder.Configuration);
        return builder.Build();
    }
}
