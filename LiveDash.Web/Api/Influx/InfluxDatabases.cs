namespace LiveDash.Web.Api.Influx;

/// <summary>
/// The names of databases that clients made. All of them are the same store: a name is kept until the program ends, so that a client that looks for what it made finds it. Thread-safe.
/// Bounded: past <see cref="Max"/> names a new one is not listed, and works all the same.
/// </summary>
internal sealed class InfluxDatabases
{
    /// <summary>The most names.</summary>
    public const int Max = 1_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal) { "livedash" };

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> All
    {
        get { lock (_gate) return [.. _names]; }
    }

    /// <summary>Adds a name, cut to 100 characters.</summary>
    public void Add(string name)
    {
        lock (_gate)
        {
            if (_names.Count < Max) _names.Add(name.Length > 100 ? name[..100] : name);
        }
    }
}
