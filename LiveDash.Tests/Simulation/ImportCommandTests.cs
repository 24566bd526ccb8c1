using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LiveDash.Tests.Shared;
using LiveDash.Web;

namespace LiveDash.Tests.Simulation;

/// <summary>The built program's <c>import FILE</c>: what it keeps, what it says, and what an end in its midst leaves.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task Import_JsonOfOwnNames_SaysWhatItKept()
    {
        var file = Path.Combine(_folder.Path, "capitals.json");
        await File.WriteAllTextAsync(file, """[{"lon":-86.28,"lat":32.36,"city":"Montgomery"},{"lon":-134.42,"lat":58.3,"city":"Juneau"},{"lon":"east","lat":1,"city":"?"}]""");

        var (code, text) = await RunAsync(file);

        Assert.Equal(1, code);
        Assert.Contains("Json, series capitals, time of the file, value 1, x lon, y lat", text, StringComparison.Ordinal);
        Assert.Contains("line 3: bad_value: 'east' for x is not a number", text, StringComparison.Ordinal);
        Assert.Contains("2 rows kept, 1 refused", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ToldToEndMidway_KeepsWhatItSaysAndIsCompletedLater()
    {
        if (OperatingSystem.IsWindows()) return;
        const int Rows = 300_000;
        var file = Path.Combine(_folder.Path, "long.csv");
        var rows = new StringBuilder("time,value\n");
        for (var i = 0; i < Rows; i++) rows.Append(CultureInfo.InvariantCulture, $"{1_600_000_000_000 + i},{i % 97}\n");
        await File.WriteAllTextAsync(file, rows.ToString());

        // At the first sign of progress; the rest takes far longer than a signal.
        var (code, text) = await RunAsync(file, static (process, said) =>
        {
            if (said.Contains('%', StringComparison.Ordinal)) Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        });

        Assert.Equal(1, code);
        Assert.Contains("Cancelled", text, StringComparison.Ordinal);
        Assert.InRange(Kept(text), 0, Rows - 1);
        Assert.Equal(Kept(text), await CountAsync());

        (code, text) = await RunAsync(file);
        // What the first run kept, if it came to any, the second one knows again.
        Assert.Equal((0, Rows), (code, Kept(text) + KeptBefore(text)));
        Assert.Equal(Rows, await CountAsync());
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static int KeptBefore(string text) => Regex.Match(text, "([0-9,]+) kept before") is { Success: true } found ? int.Parse(found.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0;

    private static int Kept(string text) => int.Parse(Regex.Match(text, "([0-9,]+) rows kept").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private async Task<int> CountAsync()
    {
        await using var server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"));
        return (await server.Client.GetStringAsync(new Uri("/api/points?series=long&fields=id", UriKind.Relative))).Count(static c => c == '\n');
    }

    private async Task<(int Code, string Text)> RunAsync(string file, Action<Process, string>? onSaid = null)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LiveDashApp).Assembly.Location, "import", file, "--LiveDash:DataDirectory=" + Path.Combine(_folder.Path, "data")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = new StringBuilder();
        var buffer = new char[256];
        var told = onSaid is null;
        while (await process.StandardError.ReadAsync(buffer) is > 0 and var read)
        {
            said.Append(buffer, 0, read);
            if (told || !said.ToString().Contains('%', StringComparison.Ordinal)) continue;
            told = true;
            onSaid!(process, said.ToString());
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, said + await output);
    }
}
