using System.Globalization;
using LiveDash.Core.Notifications;

namespace LiveDash.Web.ViewModels;

/// <summary>What came of a test. Immutable.</summary>
/// <param name="IsDelivered">True where the receiver took it.</param>
/// <param name="Text">What to say of it.</param>
public sealed record ChannelTest(bool IsDelivered, string Text)
{
    /// <summary>Of a result and how long it took.</summary>
    public static ChannelTest Of(NotifyResult result, TimeSpan took) => result.Outcome == NotifyOutcome.Delivered
        ? new(true, string.Create(CultureInfo.InvariantCulture, $"The test was taken within {Math.Max(1, took.TotalMilliseconds):N0} ms."))
        : new(false, $"The test did not get through. {Sentence(result.Detail ?? "The channel did not take it.")}");

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
