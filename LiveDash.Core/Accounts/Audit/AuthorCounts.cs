namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// Counts refusals of each person and key that is known on its own, so that one who asks for much hides no other: <see cref="AuditLog.MaxOfOnePerMinute"/> a minute and
/// <see cref="AuditLog.MaxOfOnePerDay"/> a day are told, of the clock in UTC. Thread-safe.
/// </summary>
internal sealed class AuthorCounts
{
    /// <summary>How many are counted on their own on a day; those that come after them are counted together. There are fewer accounts and keys than that at any time.</summary>
    public const int MaxAuthors = 4_000;

    private static readonly (string, string) s_others = ("", "");
    private readonly Lock _gate = new();

    // Bounded by MaxAuthors and one; cleared with each day.
    private readonly Dictionary<(string Kind, string Name), Count> _counts = [];
    private long _day;

    /// <summary>Counts one more.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="now">When.</param>
    /// <param name="last">What is told with it, where it is the last one that is told for now; else null.</param>
    /// <returns>True where it is told.</returns>
    public bool TryTell(Actor actor, DateTimeOffset now, out string? last)
    {
        last = null;
        var (day, minute) = (now.UtcTicks / TimeSpan.TicksPerDay, now.UtcTicks / TimeSpan.TicksPerMinute);
        lock (_gate)
        {
            if (day != _day) _counts.Clear();
            _day = day;
            var author = (actor.Kind, actor.Name);
            if (!_counts.TryGetValue(author, out var count) && _counts.Count >= MaxAuthors) count = _counts.GetValueOrDefault(author = s_others);
            if (count.Minute != minute) count = count with { Minute = minute, OfMinute = 0 };
            // What is not told of a minute takes nothing from the day.
            if (count.OfDay >= AuditLog.MaxOfOnePerDay || count.OfMinute >= AuditLog.MaxOfOnePerMinute) return false;
            count = count with { OfMinute = count.OfMinute + 1, OfDay = count.OfDay + 1 };
            _counts[author] = count;
            last = count.OfDay == AuditLog.MaxOfOnePerDay ? "more of the same in this day are not told" : count.OfMinute == AuditLog.MaxOfOnePerMinute ? "more of the same in this minute are not told" : null;
            return true;
        }
    }

    private readonly record struct Count(long Minute, int OfMinute, int OfDay);
}
