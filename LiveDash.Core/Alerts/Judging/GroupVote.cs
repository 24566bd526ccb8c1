using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// The series of one tag value, judged together: one event is one alert. It is strange while enough of them were within a quarter of an hour: two at least, and
/// one of twenty; the only one of its group speaks for itself. At most <see cref="MostMembers"/>. Used by one shard's loop alone.
/// </summary>
internal sealed class GroupVote
{
    /// <summary>More series of one tag value are not looked at.</summary>
    public const int MostMembers = 1_000;

    private const int NamedMembers = 3;
    private static readonly long s_together = 15 * TimeSpan.TicksPerMinute;
    private readonly List<(string Name, BoundCondition Bound)> _members = [];
    private readonly List<long> _strangeAt = [];

    /// <summary>How many series it has.</summary>
    public int Count => _members.Count;

    /// <summary>Adds a series.</summary>
    public void Add(string name, BoundCondition bound)
    {
        _members.Add((name, bound));
        _strangeAt.Add(0);
    }

    /// <summary>What they say together; the figure is how many of them are strange beside how many must be.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public Judgement Evaluate(long now)
    {
        var (strange, known) = (0, 0);
        for (var i = 0; i < _members.Count; i++)
        {
            var found = _members[i].Bound.Evaluate(now);
            if (found.Input == AlertInput.Missing) continue;
            known++;
            if (found.Input == AlertInput.Breach) _strangeAt[i] = now;
            if (_strangeAt[i] != 0 && Math.Abs(now - _strangeAt[i]) <= s_together) strange++;
        }

        if (known == 0) return Judgement.Missing;
        var needed = known == 1 ? 1 : Math.Max(2, (known + 19) / 20);
        return Judgement.Of(strange >= needed, (double)strange / needed);
    }

    /// <summary>Who is strange, and why, in words.</summary>
    public string? Why()
    {
        var newest = _strangeAt.Count == 0 ? 0 : _strangeAt.Max();
        if (newest == 0) return null;
        var strange = Enumerable.Range(0, _members.Count).Where(i => newest - _strangeAt[i] <= s_together && _strangeAt[i] != 0).ToList();
        var named = strange.Take(NamedMembers).Select(i => _members[i].Bound.Why() is { } why ? $"{_members[i].Name} ({why})" : _members[i].Name);
        return $"{strange.Count} of {_members.Count} series: {string.Join(", ", named)}{(strange.Count > NamedMembers ? ", …" : "")}";
    }

    /// <summary>Gives everything back.</summary>
    public void Release(Windows.IWindowSource windows, MeasureBoard board)
    {
        foreach (var (_, bound) in _members) bound.Release(windows, board);
    }
}
