using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>A moment as the page's time elements read it, whatever the language of the server. Pure.</summary>
public static class IsoText
{
    /// <summary>ISO 8601 to the 100 ns.</summary>
    /// <param name="ticks">UTC ticks.</param>
    public static string Of(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
}
