using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>Live expressions that several look at: one with the same text is judged once, however many pages show it. Thread-safe; as many as <see cref="LiveQueries"/> allows.</summary>
public sealed class SharedQueries(LiveQueries queries, QueryLimits limits)
{
    /// <summary>How many evaluations a second there are of each at most.</summary>
    public const double MaxPerSecond = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SharedEntry> _open = new(StringComparer.Ordinal);

    /// <summary>How many different ones there are.</summary>
    public int Count
    {
        get { lock (_gate) return _open.Count; }
    }

    /// <summary>Judges an expression until what is given back is disposed, as often as it was asked for.</summary>
    /// <exception cref="QueryException">There are too many, or it yields neither a scalar nor a vector.</exception>
    public SharedQuery Lease(QueryExpr expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        var text = expr.ToString();
        SharedEntry? entry;
        lock (_gate)
        {
            if (!_open.TryGetValue(text, out entry)) _open[text] = entry = new SharedEntry(text, () => queries.Open(expr, limits, MaxPerSecond));
            entry.Users++;
        }

        try
        {
            // Its series are chosen here: who asks for the same one waits for that, and nobody else.
            return new SharedQuery(this, entry, entry.Query.Value);
        }
        catch (Exception)
        {
            // The next who asks tries anew.
            lock (_gate) Forget_NeedsLock(entry);
            throw;
        }
    }

    internal void Return(SharedEntry entry)
    {
        lock (_gate)
        {
            if (--entry.Users > 0) return;
            Forget_NeedsLock(entry);
        }

        entry.Query.Value.Dispose();
    }

    private void Forget_NeedsLock(SharedEntry entry)
    {
        if (_open.GetValueOrDefault(entry.Text) == entry) _open.Remove(entry.Text);
    }
}
