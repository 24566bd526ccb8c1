using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>Live expressions that several look at: one with the same text is judged once, however many pages show it. Thread-safe; as many as <see cref="LiveQueries"/> allows.</summary>
public sealed class SharedQueries(LiveQueries queries, QueryLimits limits)
{
    /// <summary>How many evaluations a second there are of each at most.</summary>
    public const double MaxPerSecond = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (LiveQuery Query, int Users)> _open = new(StringComparer.Ordinal);

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
        lock (_gate)
        {
            var (query, users) = _open.TryGetValue(text, out var known) ? known : (queries.Open(expr, limits, MaxPerSecond), 0);
            _open[text] = (query, users + 1);
            return new SharedQuery(this, text, query);
        }
    }

    internal void Return(string text)
    {
        lock (_gate)
        {
            var (query, users) = _open[text];
            if (users > 1)
            {
                _open[text] = (query, users - 1);
                return;
            }

            _open.Remove(text);
            query.Dispose();
        }
    }
}
