using System.Runtime.CompilerServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// The points of a commit by series, each series' in the order of arrival: a sort by counting, in time that grows with the points alone. So a series' columns are fetched once a commit
/// and not once a point. Reused; used by one thread.
/// </summary>
internal sealed class SeriesOrder
{
    private readonly List<(int Series, int From, int To)> _runs = [];
    // By series: how many points, then where the next one goes; zero again after each sort. Bounded by the catalog.
    private int[] _next = [];
    private int[] _places = [];

    /// <summary>Each series that occurs, in the order it occurs first, and where its points stand in <see cref="Places"/>.</summary>
    public List<(int Series, int From, int To)> Runs => _runs;

    /// <summary>The points' places in the commit.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Sorts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(ReadOnlySpan<int> series)
    {
        _runs.Clear();
        if (_places.Length < series.Length) _places = new int[Math.Max(series.Length, _places.Length * 2)];
        foreach (var one in series)
        {
            if (one >= _next.Length) Array.Resize(ref _next, Math.Max(one + 1, Math.Max(64, _next.Length * 2)));
            if (_next[one]++ == 0) _runs.Add((one, 0, 0));
        }

        var at = 0;
        for (var i = 0; i < _runs.Count; i++)
        {
            var one = _runs[i].Series;
            var count = _next[one];
            _runs[i] = (one, at, at + count);
            _next[one] = at;
            at += count;
        }

        for (var i = 0; i < series.Length; i++) _places[_next[series[i]]++] = i;
        foreach (var (one, _, _) in _runs) _next[one] = 0;
    }
}
