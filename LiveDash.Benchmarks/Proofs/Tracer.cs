using System.ComponentModel;
using System.Diagnostics;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Programs of the system that proofs need. Stateless.</summary>
internal static class Tracer
{
    /// <summary>Whether strace is here and may trace.</summary>
    public static Task<bool> IsHereAsync() => RunAsync("strace", "-o", "/dev/null", "true");

    /// <summary>What to start a program with so that its syncs fail from the n-th on.</summary>
    public static string[] FailingSync(int when) => ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", $"inject=fdatasync,fsync:error=EIO:when={when}+"];

    /// <summary>Runs a program to its end; false where it failed, or is not here.</summary>
    public static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            await said;
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
