using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>Writes how many there are of something, with thousands apart: <c>1 point</c>, <c>2,500 points</c>. js/format.js does the same. Pure.</summary>
public static class Counted
{
    /// <summary>The count and the word.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called; with an s where it is not said.</param>
    public static string Of(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
