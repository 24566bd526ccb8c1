using LiveDash.Core.Notifications;

namespace LiveDash.Web.ViewModels;

/// <summary>One channel in the list, with what became of what it was told. Immutable, equal by what it shows.</summary>
public sealed record ChannelItem
{
    /// <summary>What rules call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind, in settings' spelling.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it leads, without what is secret in it.</summary>
    public required string Where { get; init; }

    /// <summary>How many rules tell it.</summary>
    public required int Rules { get; init; }

    /// <summary>How many deliveries wait.</summary>
    public required int Waiting { get; init; }

    /// <summary>How many were given up.</summary>
    public required int Undelivered { get; init; }

    /// <summary>What went wrong last with what waits, or with the newest delivery; null where nothing did.</summary>
    public required string? Error { get; init; }

    /// <summary>When a receiver took the newest delivery, in UTC ticks; null where none has yet.</summary>
    public required long? DeliveredAt { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="rules">How many rules tell it.</param>
    /// <param name="deliveries">Its deliveries that wait or were given up, the newest first.</param>
    /// <param name="last">How the newest finished delivery ended; null where there was none.</param>
    public static ChannelItem Of(ChannelConfig channel, int rules, IReadOnlyList<Delivery> deliveries, Telling? last) => new()
    {
        Name = channel.Name,
        Kind = channel.Kind,
        Where = WhereOf(channel),
        Rules = rules,
        Waiting = deliveries.Count(static d => !d.IsUndelivered),
        Undelivered = deliveries.Count(static d => d.IsUndelivered),
        Error = deliveries.FirstOrDefault(static d => d is { IsUndelivered: false, Error: not null })?.Error ?? (last is { IsUndelivered: true } ? last.Error : null),
        DeliveredAt = last is { IsUndelivered: false } ? last.At : null,
    };

    private static string WhereOf(ChannelConfig channel) => channel.Kind switch
    {
        "mail" => $"{string.Join(", ", channel.To ?? [])} by {channel.Host}",
        "command" => channel.Command ?? "",
        "log" => "the server's log",
        _ => ChannelSecrets.Hide(channel).Url?.Replace(ChannelSecrets.Hidden, "…", StringComparison.Ordinal) ?? "",
    };
}
