using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The episodes that were over within the last <see cref="Within"/>: how many, how long they took, and the newest of them. Immutable; making it is pure.</summary>
/// <param name="Newest">At most <see cref="MaxItems"/>, those that were over last first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Median">How long one took, in ticks; of two in the middle the longer.</param>
public sealed record ClosedEpisodes(IReadOnlyList<AlertListItem> Newest, int Count, long Median)
{
    /// <summary>How many are listed.</summary>
    public const int MaxItems = 8;

    /// <summary>How far back it looks.</summary>
    public static TimeSpan Within { get; } = TimeSpan.FromDays(1);

    /// <summary>Nothing.</summary>
    public static ClosedEpisodes None { get; } = new([], 0, 0);

    /// <summary>Makes it.</summary>
    /// <param name="episodes">The book's episodes.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public static ClosedEpisodes Of(IReadOnlyList<Episode> episodes, RuleSet rules, long now)
    {
        var over = episodes.Where(episode => episode.ResolvedAt is { } at && at > now - Within.Ticks).OrderByDescending(static episode => episode.ResolvedAt).ToList();
        if (over.Count == 0) return None;
        var lengths = over.Select(static episode => episode.ResolvedAt!.Value - episode.FiredAt).Order().ToList();
        return new([.. over.Take(MaxItems).Select(episode => AlertListItem.Of(episode, rules.Find(episode.RuleId)))], over.Count, lengths[lengths.Count / 2]);
    }

    /// <summary>True where the same is shown.</summary>
    public bool Equals(ClosedEpisodes? other) => other is not null && (Count, Median) == (other.Count, other.Median) && Newest.SequenceEqual(other.Newest);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Median);
}
