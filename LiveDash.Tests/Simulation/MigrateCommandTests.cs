using System.Diagnostics;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using LiveDash.Web;
using MongoDB.Bson;

namespace LiveDash.Tests.Simulation;

/// <summary>The command <c>migrate</c> as a program of its own, killed in the middle in both directions and started again.</summary>
public sealed class MigrateCommandTests
{
    [Fact]
    public async Task Migrate_KilledOnTheWayThereAndBack_GoesOnAndKeepsEverything()
    {
        await using var server = new MongoDoubleServer();
        await using var source = await TempStore.OpenAsync();
        int[] series = [source.Series("a"), source.Series("b{host=x}")];
        for (var i = 0; i < 3; i++) await source.AppendAsync(Enumerable.Range(0, 4_000).Select(k => new StoredPoint(series[k % 2], (i * 4_000) + k, k / 3.0)));
        await source.Documents.ApplyAsync([new("k", "a", [1, 2]), new("k", "b", new byte[900_000]), new("settings", "x", [3])], default);
        var expected = await source.ScanAsync(series);
        await source.Points.DisposeAsync();

        // There: killed when the blocks are copied, the mark of a copy that is under way and a document, and the next one is on its way.
        await KillAtAsync(server, source.Directory, "sqlite", "mongodb", "update", 3);
        Assert.NotEmpty(server.Documents("livedash.block"));
        Assert.InRange(server.Documents("livedash.document").Count, 1, 3);
        server.Commands.Clear();
        var (code, said) = await RunAsync(server, source.Directory, "sqlite", "mongodb");
        Assert.True(code == 0, said);
        Assert.Contains("12,000 points and 3 documents are in the target, compared byte by byte.", said, StringComparison.Ordinal);
        // What was there was not sent again.
        Assert.DoesNotContain(server.Commands, static c => c.GetElement(0).Name == "insert" && c["insert"] == "block");

        // Back: killed while the documents are read, when the blocks are copied.
        using var back = new TempDirectory();
        await KillAtAsync(server, back.Path, "mongodb", "sqlite", "find", 2);
        (code, said) = await RunAsync(server, back.Path, "mongodb", "sqlite");
        Assert.True(code == 0, said);
        Assert.Contains("12,000 points and 3 documents", said, StringComparison.Ordinal);

        await using var end = TempStore.At(back.Path);
        await end.Points.OpenAsync(default);
        Assert.Equal(expected, await end.ScanAsync(series));
        Assert.Equal(new byte[] { 1, 2 }, await end.Documents.GetAsync("k", "a", default));
        Assert.Equal(900_000, (await end.Documents.GetAsync("k", "b", default))!.Length);
    }

    [Fact]
    public async Task Migrate_FromAStoreToItself_SaysHow()
    {
        using var wrong = Start(["migrate", "--from", "sqlite", "--to", "sqlite"]);
        Assert.Contains("--from sqlite|mongodb", await wrong.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await wrong.WaitForExitAsync();
        Assert.Equal(2, wrong.ExitCode);
    }

    private static async Task KillAtAsync(MongoDoubleServer server, string directory, string from, string to, string command, int time)
    {
        var (reached, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var seen = 0;
        server.Before = async asked =>
        {
            if (asked.GetElement(0) is not { Value: BsonString { Value: "document" } } first || first.Name != command || Interlocked.Increment(ref seen) < time) return;
            reached.TrySetResult();
            await released.Task;
        };
        using var process = Start(Arguments(server, directory, from, to));
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        var ended = await Task.WhenAny(reached.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(ended == reached.Task, process.HasExited ? await said + await complained : "");
        process.Kill();
        await process.WaitForExitAsync();
        server.Before = null;
        released.SetResult();
    }

    private static async Task<(int Code, string Said)> RunAsync(MongoDoubleServer server, string directory, string from, string to)
    {
        using var process = Start(Arguments(server, directory, from, to));
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await said + await complained);
    }

    private static string[] Arguments(MongoDoubleServer server, string directory, string from, string to) =>
        ["migrate", "--from", from, "--to", to, $"--LiveDash:DataDirectory={directory}", "--LiveDash:Storage:MongoDB=" + server.Address()];

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { typeof(LiveDashApp).Assembly.Location } };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
