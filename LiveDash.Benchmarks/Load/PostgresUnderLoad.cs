using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace LiveDash.Benchmarks.Load;

/// <summary>Debian's PostgreSQL on a free port of the loopback, with its defaults but for 256 MB of buffers: it syncs each commit. Ended and removed on disposal.</summary>
internal sealed class PostgresUnderLoad : IDisposable
{
    private static readonly string[] s_asOther = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
    private readonly string _directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
    private readonly Process _process;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public PostgresUnderLoad()
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (programs is null) throw new InvalidOperationException("PostgreSQL is not installed (apt-get install postgresql).");
        var port = FreePort.Next();
        var data = Path.Combine(_directory, "data");
        if (s_asOther.Length > 0) End(Begin(["chown", "postgres", _directory]));
        End(Begin([.. s_asOther, Path.Combine(programs, "bin", "initdb"), "-D", data, "-U", "livedash", "-A", "trust", "-E", "UTF8", "--locale=C"]));
        _process = Begin([.. s_asOther, Path.Combine(programs, "bin", "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", _directory, "-c", "shared_buffers=256MB"]);
        Address = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=postgres;Username=livedash");
        var begun = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMinutes(1)) throw new TimeoutException("PostgreSQL does not answer.");
        }
    }

    /// <summary>What LiveDash is told.</summary>
    public string Address { get; }

    /// <summary>Processor time of the server so far, all its processes, in seconds; 0 where the system does not tell.</summary>
    public double Processor
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return 0;
            // Ticks of a hundredth: own, and of children that have ended.
            return Directory.GetDirectories("/proc").Select(static folder => Path.GetFileName(folder)).Where(static name => char.IsAsciiDigit(name[0])).Sum(Ticks) / 100.0;
        }
    }

    /// <summary>A connection of its own.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(Address + ";Pooling=false");
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) End(Begin(["kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]));
        End(_process);
        if (s_asOther.Length > 0) End(Begin(["chown", "-R", "root", _directory]));
        Directory.Delete(_directory, recursive: true);
    }

    private double Ticks(string process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            // Behind the name, which may hold anything: state, parent, ... utime, stime, cutime, cstime.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var mine = process == _process.Id.ToString(CultureInfo.InvariantCulture);
            if (!mine && fields[1] != _process.Id.ToString(CultureInfo.InvariantCulture)) return 0;
            return fields[11..(mine ? 15 : 13)].Sum(static ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private bool Answers()
    {
        try
        {
            using var connection = Open();
            return true;
        }
        catch (NpgsqlException)
        {
            _process.WaitForExit(100);
            return false;
        }
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

    private static void End(Process process)
    {
        process.WaitForExit();
        process.Dispose();
    }
}
