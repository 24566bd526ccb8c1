using System.Diagnostics;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>What is kept is for its owner alone, whatever modes were there before.</summary>
public sealed class FileModesTests
{
    private const UnixFileMode Everybody = (UnixFileMode)511;

    [Fact]
    public async Task OpenAsync_FilesReadableByAll_AreTakenFromOthers()
    {
        if (OperatingSystem.IsWindows()) return;
        using var outer = new TempDirectory();
        var directory = Path.Combine(outer.Path, "data");
        await using (var store = TempStore.At(directory, static options => options.BallastBytes = options.ReserveBytes = 4096))
        {
            await store.Points.OpenAsync(default);
            await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "livedash.key"), "secret");
        foreach (var entry in Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Append(directory)) File.SetUnixFileMode(entry, Everybody);

        await using var again = TempStore.At(directory, static options => options.BallastBytes = options.ReserveBytes = 4096);
        await again.Points.OpenAsync(default);
        await again.AppendAsync(new StoredPoint(0, 2, 2));

        foreach (var entry in Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Append(directory))
        {
            var isOthers = File.GetUnixFileMode(entry) & (UnixFileMode)63;
            Assert.True(isOthers == UnixFileMode.None, $"{entry} is {File.GetUnixFileMode(entry)}.");
        }

        Assert.Contains(Directory.GetFiles(directory), static file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Contains(Directory.GetFiles(directory), static file => file.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_ReadByAnotherUser_AreNotToBeHad()
    {
        // Needs a user to become: root, and Debian's setpriv.
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv")) return;
        using var outer = new TempDirectory();
        File.SetUnixFileMode(outer.Path, Everybody);
        var directory = Path.Combine(outer.Path, "data");
        Directory.CreateDirectory(directory, Everybody);
        await using var store = TempStore.At(directory, static options => options.BallastBytes = options.ReserveBytes = 4096);
        await store.Points.OpenAsync(default);
        await store.AppendAsync(new StoredPoint(store.Series("a"), 1, 1));

        // That it can read at all, and then that it cannot read these: neither by a list nor by name, also with the folder's own mode out of the way.
        var open = Path.Combine(outer.Path, "open");
        await File.WriteAllTextAsync(open, "x");
        File.SetUnixFileMode(open, Everybody);
        Assert.Equal(0, await AsNobodyAsync("cat", open));
        Assert.NotEqual(0, await AsNobodyAsync("ls", directory));
        File.SetUnixFileMode(directory, Everybody);
        var files = Directory.GetFiles(directory);
        Assert.True(files.Length >= 6, string.Join(", ", files));
        foreach (var file in files) Assert.True(await AsNobodyAsync("cat", file) != 0, $"{file} was read by another user.");
    }

    private static async Task<int> AsNobodyAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await said;
        return process.ExitCode;
    }
}
