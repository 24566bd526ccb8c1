using LiveDash.Core.Notifications;

namespace LiveDash.Web.ViewModels;

/// <summary>One delivery that waits or was given up. Immutable, equal by what it shows.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Text">What it tells first.</param>
/// <param name="More">How many notices it holds besides.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="MadeAt">When it was made, in UTC ticks.</param>
/// <param name="NextAt">When it is tried next, in UTC ticks; null where it was given up or was not tried yet.</param>
/// <param name="Error">What went wrong last; null where nothing did.</param>
/// <param name="IsUndelivered">True where it was given up.</param>
public sealed record DeliveryItem(string Key, string Channel, string Text, int More, int Attempts, long MadeAt, long? NextAt, string? Error, bool IsUndelivered)
{
    /// <summary>Of a delivery.</summary>
    public static DeliveryItem Of(Delivery delivery) => new(
        delivery.Key, delivery.Channel, delivery.Notices[0].Message, delivery.Notices.Count - 1, delivery.Attempts, delivery.MadeAt,
        delivery.IsUndelivered || delivery.Attempts == 0 ? null : delivery.NextAt, delivery.Error, delivery.IsUndelivered);
}
