using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace LiveDash.Tests.Shared;

/// <summary>
/// A server of PostgreSQL of the test's own on a free port of the loopback. It syncs nothing unless it is asked to, since only a machine that loses power could tell.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // The server refuses to run as root.
    private static readonly string[] s_asOther = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly TempDirectory _directory = new();
    private Process? _process;
    private int _schemas;

    /// <summary>The folder of its programs, or null.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(static folder => Path.Combine(folder, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Its port; the same after <see cref="StartAgainAsync"/>.</summary>
    public int Port { get; private set; }

    private string Data => Path.Combine(_directory.Path, "data");

    /// <summary>A schema that nobody has had.</summary>
    public string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _schemas)}");

    /// <summary>What LiveDash is told.</summary>
    /// <param name="schema">Which schema.</param>
    /// <param name="port">The port of a relay before it, where there is one.</param>
    public string Address(string schema, int? port = null) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? Port};Database=postgres;Username=livedash;Password=hush-hush;Search Path={schema}");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Programs is null) return;
        Port = Tool.FreePort();
        if (s_asOther.Length > 0) await RunAsync(["chown", "postgres", _directory.Path]);
        await RunAsync([.. s_asOther, Path.Combine(Programs, "initdb"), "-D", Data, "-U", "livedash", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await StartAgainAsync();
    }

    /// <summary>Starts it on its port and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        // What an earlier one has left ends when it finds its parent gone; the next cannot start before.
        await Wait.UntilAsync(
            async () =>
            {
                if (_process is null or { HasExited: true }) _process = Start();
                return await AnswersAsync();
            },
            "PostgreSQL answers");
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Runs statements as its administrator.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Address("public") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            await RunAsync(["kill", "-QUIT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        if (s_asOther.Length > 0) await RunAsync(["chown", "-R", "root", _directory.Path]);
        _directory.Dispose();
    }

    private Process Start()
    {
        string[] command =
        [
            .. s_asOther, Path.Combine(Programs!, "postgres"), "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", _directory.Path,
            "-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "log_min_messages=fatal",
        ];
        return Begin(command);
    }

    private static Process Begin(string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(string[] command)
    {
        using var process = Begin(command);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await RunAsync("SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
