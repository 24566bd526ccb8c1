using System.Diagnostics;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Script;

/// <summary>Runs a test file of this folder with Node's own test runner, beside a copy of the app's modules, with the libraries where those look for them.</summary>
internal static class NodeScripts
{
    /// <summary>What a run without Node.js says.</summary>
    public const string MissingMessage = "No Node.js found on the path: what runs in the browser is not tested.";

    /// <summary>Where Node.js is, or null.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(static folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs the test file; <paramref name="files"/> are laid beside it.</summary>
    public static async Task RunAsync(string test, params (string Name, byte[] Content)[] files)
    {
        Assert.True(Path is not null, MissingMessage);
        using var folder = new TempDirectory();
        var source = AppContext.BaseDirectory;
        var scripts = Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, "js")).FullName;
        var library = Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, "lib", "arrow")).FullName;
        File.Copy(System.IO.Path.Combine(source, "lib", "arrow", "arrow.min.js"), System.IO.Path.Combine(library, "arrow.min.js"));
        foreach (var module in Directory.GetFiles(System.IO.Path.Combine(source, "js"), "*.js"))
        {
            File.Copy(module, System.IO.Path.Combine(scripts, System.IO.Path.GetFileName(module)));
        }

        // Says to Node that the modules are modules, as the browser knows from the import.
        await File.WriteAllTextAsync(System.IO.Path.Combine(folder.Path, "package.json"), """{"type":"module"}""");
        File.Copy(System.IO.Path.Combine(source, "Script", test), System.IO.Path.Combine(scripts, test));
        foreach (var (name, content) in files) await File.WriteAllBytesAsync(System.IO.Path.Combine(scripts, name), content);

        using var node = Process.Start(new ProcessStartInfo(Path, ["--test", test])
        {
            WorkingDirectory = scripts, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(node.ExitCode == 0, await output + await errors);
    }
}
