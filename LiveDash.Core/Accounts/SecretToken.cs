using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Accounts;

/// <summary>
/// Secrets that are made here: shown once, and kept as their SHA-256 alone. A hash of 256 random bits needs no salt, and a look-up by it tells nothing by the time it takes.
/// Thread-safe.
/// </summary>
internal static class SecretToken
{
    /// <summary>256 random bits, base64url.</summary>
    internal static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of one, lower-case hexadecimal.</summary>
    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
