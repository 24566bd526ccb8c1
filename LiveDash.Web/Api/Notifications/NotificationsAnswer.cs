using LiveDash.Core.Notifications;

namespace LiveDash.Web.Api.Notifications;

/// <summary>What <c>GET /api/notifications</c> answers.</summary>
/// <param name="Delivered">How many deliveries receivers took since the start.</param>
/// <param name="Waiting">How many notices are not formed into a delivery yet.</param>
/// <param name="Deliveries">Those that wait or were given up.</param>
internal sealed record NotificationsAnswer(long Delivered, int Waiting, IReadOnlyList<DeliveryAnswer> Deliveries)
{
    public static NotificationsAnswer From(NotificationDispatcher dispatcher, Outbox outbox) =>
        new(dispatcher.Delivered, outbox.Waiting, [.. dispatcher.Deliveries.Select(DeliveryAnswer.From)]);
}
