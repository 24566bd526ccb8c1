using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>The channels, what rules expect of them and what is on its way to them. Immutable, equal by what it shows; making it is pure.</summary>
public sealed record ChannelsView
{
    /// <summary>How many deliveries of each sort are listed; more are counted.</summary>
    public const int MaxListed = 50;

    /// <summary>Nothing.</summary>
    public static ChannelsView Empty { get; } = new() { Channels = [], Missing = [], Waiting = [], Undelivered = [], WaitingCount = 0, UndeliveredCount = 0, Unformed = 0 };

    /// <summary>The channels, by name.</summary>
    public required IReadOnlyList<ChannelItem> Channels { get; init; }

    /// <summary>Names that rules tell and that are no channels, each with the first such rule's name.</summary>
    public required IReadOnlyList<(string Channel, string Rule)> Missing { get; init; }

    /// <summary>The newest deliveries that wait.</summary>
    public required IReadOnlyList<DeliveryItem> Waiting { get; init; }

    /// <summary>The newest deliveries that were given up.</summary>
    public required IReadOnlyList<DeliveryItem> Undelivered { get; init; }

    /// <summary>How many wait.</summary>
    public required int WaitingCount { get; init; }

    /// <summary>How many were given up.</summary>
    public required int UndeliveredCount { get; init; }

    /// <summary>How many notices wait for others to go with them.</summary>
    public required int Unformed { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="channels">The channels in force.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="deliveries">What waits or was given up, the newest first.</param>
    /// <param name="unformed">How many notices are not formed into a delivery yet.</param>
    /// <param name="lastOf">How the newest delivery to a channel ended.</param>
    public static ChannelsView Of(
        IReadOnlyList<ChannelConfig> channels, RuleSet rules, IReadOnlyList<Delivery> deliveries, int unformed, Func<string, Telling?> lastOf)
    {
        var told = rules.Rules.SelectMany(static rule => rule.Config.Channels.Distinct(StringComparer.Ordinal).Select(channel => (channel, rule.Config.Name))).ToLookup(
            static pair => pair.channel, static pair => pair.Name, StringComparer.Ordinal);
        var known = channels.Select(static channel => channel.Name).ToHashSet(StringComparer.Ordinal);
        var byChannel = deliveries.ToLookup(static delivery => delivery.Channel, StringComparer.Ordinal);
        return new()
        {
            Channels = [.. channels.OrderBy(static c => c.Name, StringComparer.OrdinalIgnoreCase)
                .Select(channel => ChannelItem.Of(channel, told[channel.Name].Count(), [.. byChannel[channel.Name]], lastOf(channel.Name)))],
            Missing = [.. told.Where(group => !known.Contains(group.Key)).OrderBy(static group => group.Key, StringComparer.OrdinalIgnoreCase).Select(static group => (group.Key, group.First()))],
            Waiting = [.. deliveries.Where(static d => !d.IsUndelivered).Take(MaxListed).Select(DeliveryItem.Of)],
            Undelivered = [.. deliveries.Where(static d => d.IsUndelivered).Take(MaxListed).Select(DeliveryItem.Of)],
            WaitingCount = deliveries.Count(static d => !d.IsUndelivered),
            UndeliveredCount = deliveries.Count(static d => d.IsUndelivered),
            Unformed = unformed,
        };
    }

    /// <inheritdoc/>
    public bool Equals(ChannelsView? other) =>
        other is not null && (WaitingCount, UndeliveredCount, Unformed) == (other.WaitingCount, other.UndeliveredCount, other.Unformed)
        && Channels.SequenceEqual(other.Channels) && Missing.SequenceEqual(other.Missing) && Waiting.SequenceEqual(other.Waiting) && Undelivered.SequenceEqual(other.Undelivered);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels.Count, WaitingCount, UndeliveredCount);
}
