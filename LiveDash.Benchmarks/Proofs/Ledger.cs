using System.Globalization;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// What senders tried and what was acknowledged, on disk before it counts, so that another process can judge by it. A line is <c>T sender first count</c> for an
/// attempt, <c>A</c> for an acknowledgement that was read to its end. Thread-safe.
/// </summary>
internal sealed class Ledger(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(path, append: true) { AutoFlush = true };
    private long _acknowledged;

    /// <summary>Where it stands.</summary>
    public string Path => path;

    /// <summary>Points acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>A sender is about to send points.</summary>
    public void Attempt(int sender, long first, int count) => Write('T', sender, first, count);

    /// <summary>The points were acknowledged.</summary>
    public void Acknowledge(int sender, long first, int count)
    {
        Write('A', sender, first, count);
        Interlocked.Add(ref _acknowledged, count);
    }

    /// <summary>Reads one: what was tried and what acknowledged, by sender.</summary>
    public static (Dictionary<int, HashSet<long>> Tried, Dictionary<int, HashSet<long>> Acknowledged) Read(string path)
    {
        var tried = new Dictionary<int, HashSet<long>>();
        var acknowledged = new Dictionary<int, HashSet<long>>();
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split(' ');
            var into = parts[0] == "T" ? tried : acknowledged;
            var sender = int.Parse(parts[1], CultureInfo.InvariantCulture);
            if (!into.TryGetValue(sender, out var set)) into[sender] = set = [];
            var first = long.Parse(parts[2], CultureInfo.InvariantCulture);
            for (var i = 0; i < int.Parse(parts[3], CultureInfo.InvariantCulture); i++) set.Add(first + i);
        }

        return (tried, acknowledged);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Write(char what, int sender, long first, int count)
    {
        lock (_gate) _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {sender} {first} {count}"));
    }
}
