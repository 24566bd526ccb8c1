namespace LiveDash.Core.Notifications;

/// <summary>How notices and deliveries are kept: the kinds of documents and their ids. Stateless, so safe on any thread.</summary>
internal static class NoticeDocuments
{
    public const string Notice = "notice";
    public const string Delivery = "delivery";
    public const string Told = "told";
    public const string Telling = "telling";

    public static string ToldId(string alertId, string channel) => $"{alertId}:{channel}";
}
