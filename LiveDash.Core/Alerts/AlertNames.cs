using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Alerts;

/// <summary>
/// The lasting names of alerts and episodes: the first 64 bits of a SHA-256 hash, so that the same history gives the same names.
/// Stateless, so safe on any thread.
/// </summary>
public static class AlertNames
{
    /// <summary>The alert of a rule and a series.</summary>
    public static string Alert(string ruleId, string series) => Hash($"{ruleId}\n{series}");

    /// <summary>One episode of an alert.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="firedAt">The event time at which it fired, in UTC ticks.</param>
    /// <param name="now">
    /// The wall clock then, in UTC ticks: event time stands still where a source's clock is ahead, so an edited rule may fire twice at one.
    /// </param>
    public static string Episode(string alertId, long firedAt, long now = 0) => Hash($"{alertId}\n{firedAt}\n{now}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
