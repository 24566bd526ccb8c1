using LiveDash.Tests.Senders;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>A pipe in the place of a file that is followed blocked its source, every other change of sources and the stop, until somebody wrote into it.</summary>
public sealed class FollowedPipeTests
{
    [Fact]
    public async Task Follow_PipeInThePlaceOfAFile_IsToldStopsNothingAndAFileAfterwardsIsRead()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "points.ndjson");
        await Tool.RunAsync("mkfifo", path);
        var app = await LiveApp.StartAsync(settings: [$"--LiveDash:Follow:Folders:0={folder.Path}"]);
        try
        {
            await SourceCalls.PutAsync(app, "followed", "file", ("path", path), ("from", "beginning"));
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("It is a pipe", StringComparison.Ordinal), "the source says what it found");

            // Others can be set up meanwhile, and this one changed.
            await SourceCalls.PutAsync(app, "again", "file", ("path", path + ".2"), ("from", "beginning"));
            await File.WriteAllTextAsync(path + ".2", """{"series":"by.file","value":2}""" + "\n");
            await SourceCalls.StoredAsync(app, "by.file", "2");
            File.Delete(path);
            await File.WriteAllTextAsync(path, """{"series":"by.file","value":1}""" + "\n");
            await SourceCalls.StoredAsync(app, "by.file", "1");
            File.Delete(path);
            await Tool.RunAsync("mkfifo", path);
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources")).Contains("It is a pipe", StringComparison.Ordinal), "a pipe that took its place is told too");
        }
        finally
        {
            await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
