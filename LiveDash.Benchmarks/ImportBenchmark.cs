using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveDash.Benchmarks.Load;
using LiveDash.Web;

namespace LiveDash.Benchmarks;

/// <summary>
/// A large file of CSV and of NDJSON, by the command and by HTTP, each into an empty store by a process of its own: how fast, and how much memory at its most (what the kernel says of
/// the process, so no moment is missed).
/// </summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const double GoalMegabytes = 200;
    private const int Series = 100;
    private const int RowsAtOnce = 4096;

    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public string About => "a large file of CSV and of NDJSON, by the command and by HTTP: rate and the most memory [--megabytes 1000]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var bytes = LoadBenchmark.Option(args, "--megabytes", 1000) * 1_000_000L;
        var directory = Directory.CreateTempSubdirectory("livedash-import-");
        try
        {
            foreach (var format in new[] { "csv", "points" })
            {
                var file = Path.Combine(directory.FullName, "file." + format);
                var rows = await MakeAsync(file, bytes, format == "csv");
                var store = Path.Combine(directory.FullName, "store");
                await MeasureAsync($"{format}, by the command", bytes, rows, () => ByCommandAsync(file, format, store));
                Directory.Delete(store, recursive: true);
                await MeasureAsync($"{format}, by HTTP", bytes, rows, () => ByHttpAsync(file, format));
                File.Delete(file);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string name, long bytes, long rows, Func<Task<double>> run)
    {
        var clock = Stopwatch.StartNew();
        var megabytes = await run();
        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"{name}: {bytes / 1e6:N0} MB, {rows:N0} rows in {seconds:N0} s, {rows / seconds / 1e6:F2} M rows/s, at most {megabytes:N0} MB of memory (goal {GoalMegabytes:N0}: {Meter.Verdict(megabytes <= GoalMegabytes)})");
    }

    private static async Task<double> ByCommandAsync(string file, string format, string store)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LiveDashApp).Assembly.Location, "import", file, "--format", format, $"--LiveDash:DataDirectory={store}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var said = process.StandardOutput.ReadToEndAsync();
        var most = 0.0;
        while (!process.HasExited)
        {
            most = Math.Max(most, PeakMegabytes(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(50)));
        }

        return process.ExitCode == 0 ? most : throw new InvalidOperationException("The import failed: " + await said);
    }

    private static async Task<double> ByHttpAsync(string file, string format)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Limits:MaxDecompressedBytes=4000000000");
        await using var stream = File.OpenRead(file);
        using var content = new StreamContent(stream);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/import?format={format}&seriesColumn=series&time=time&value=value") { Content = content };
        using var patient = new HttpClient { BaseAddress = server.Client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await patient.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return PeakMegabytes(server.Id);
    }

    private static double PeakMegabytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return 0;
        }
    }

    // A second of all series after another, values of two decimals.
    private static async Task<long> MakeAsync(string file, long bytes, bool csv)
    {
        await using var stream = File.Create(file);
        if (csv) await stream.WriteAsync("time,series,value\n"u8.ToArray());
        var text = new StringBuilder();
        var begin = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        long row = 0;
        while (stream.Length < bytes)
        {
            text.Clear();
            for (var i = 0; i < RowsAtOnce; i++, row++)
            {
                var (time, series, value) = (begin.AddSeconds(row / Series), row % Series, row * 7919 % 10_000 / 100.0);
                if (csv) text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ssZ},cpu.h{series},{value:0.00}\n");
                else text.Append(CultureInfo.InvariantCulture, $"{{\"series\":\"cpu\",\"tags\":{{\"host\":\"h{series}\"}},\"t\":\"{time:yyyy-MM-ddTHH:mm:ssZ}\",\"value\":{value:0.00}}}\n");
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()));
        }

        return row;
    }
}
