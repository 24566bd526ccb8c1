using LiveDash.Core.Notifications;
using LiveDash.Web.Api.Alerts;

namespace LiveDash.Web.Api.Notifications;

/// <summary>One delivery that waits or was given up.</summary>
internal sealed record DeliveryAnswer(string Key, string Channel, string State, int Attempts, string? NextAt, string? Error, IReadOnlyList<string> Messages)
{
    public static DeliveryAnswer From(Delivery delivery) => new(
        delivery.Key, delivery.Channel, delivery.IsUndelivered ? "undelivered" : "waiting", delivery.Attempts,
        delivery.IsUndelivered ? null : AlertAnswer.Time(delivery.NextAt), delivery.Error, [.. delivery.Notices.Select(static n => n.Message)]);
}
