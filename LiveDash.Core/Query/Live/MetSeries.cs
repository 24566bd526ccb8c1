using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;

namespace LiveDash.Core.Query.Live;

/// <summary>A series that arrived for the first time, and which expressions look at it. Used by one thread at a time.</summary>
/// <param name="series">Its number.</param>
/// <param name="labels">Its labels.</param>
/// <param name="followed">Of how many expressions it was asked: those that follow later are asked once more.</param>
internal sealed class MetSeries(int series, LabelSet labels, long followed)
{
    private readonly HashSet<LiveQuery> _wanted = [];
    private readonly Dictionary<LiveQuery, QueryException> _failed = [];

    /// <summary>Its number.</summary>
    public int Series { get; } = series;

    /// <summary>Its labels.</summary>
    public LabelSet Labels { get; } = labels;

    /// <summary>Of how many expressions it was asked.</summary>
    public long Followed { get; } = followed;

    /// <summary>Those that look at it.</summary>
    public IEnumerable<LiveQuery> Wanted => _wanted.Where(query => !_failed.ContainsKey(query));

    /// <summary>Those that could not say so, and why.</summary>
    public IReadOnlyDictionary<LiveQuery, QueryException> Failed => _failed;

    /// <summary>Asks choices. One that cannot say so keeps no other from it.</summary>
    public void Ask(IEnumerable<(SeriesChoice Choice, LiveQuery Owner)> choices)
    {
        foreach (var (choice, owner) in choices)
        {
            if (_wanted.Contains(owner) || _failed.ContainsKey(owner)) continue;
            try
            {
                if (choice.Matches(Labels)) _wanted.Add(owner);
            }
            catch (QueryException fault)
            {
                _failed.Add(owner, fault);
            }
        }
    }
}
