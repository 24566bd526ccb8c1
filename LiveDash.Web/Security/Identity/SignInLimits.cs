using System.Net;
using System.Threading.RateLimiting;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// How often somebody may try to sign in: an address 30 times a minute, a name 10 times a minute, whoever asks; and the password of a share link, which many have, 10 times a minute from one address
/// and <see cref="MaxOfALink"/> times from all of them, so that one address keeps nobody else out. A network of IPv6 (64 bits) counts as one address.
/// Partitions that nobody uses are given back by the limiter. Thread-safe.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    /// <summary>How often the password of one share link may be tried a minute, by all addresses together.</summary>
    public const int MaxOfALink = 300;

    // No name is longer; what is counted of a longer one is its beginning, so that nobody has much kept here.
    private const int MaxName = 300;

    private readonly PartitionedRateLimiter<string> _addresses = Make(30);
    private readonly PartitionedRateLimiter<string> _names = Make(10);
    private readonly PartitionedRateLimiter<string> _linksByAddress = Make(10);
    private readonly PartitionedRateLimiter<string> _links = Make(MaxOfALink);

    /// <summary>Takes one try; false where there were too many.</summary>
    /// <param name="address">Who asks.</param>
    /// <param name="name">The name or token it is tried with, in any case of letters.</param>
    public bool TryTake(IPAddress? address, string name)
    {
        using var byAddress = _addresses.AttemptAcquire(Key(address));
        using var byName = _names.AttemptAcquire(name.AsSpan(0, Math.Min(name.Length, MaxName)).Trim().ToString().ToUpperInvariant());
        return byAddress.IsAcquired && byName.IsAcquired;
    }

    /// <summary>Takes one try of an address that says no name.</summary>
    public bool TryTake(IPAddress? address)
    {
        using var byAddress = _addresses.AttemptAcquire(Key(address));
        return byAddress.IsAcquired;
    }

    /// <summary>Takes one try of a share link's password; false where there were too many. What an address is refused takes nothing from the others.</summary>
    /// <param name="address">Who asks.</param>
    /// <param name="link">The id of a link that there is.</param>
    public bool TryTakeLink(IPAddress? address, string link)
    {
        if (!TryTake(address)) return false;
        using var byAddress = _linksByAddress.AttemptAcquire(link + " " + Key(address));
        if (!byAddress.IsAcquired) return false;
        using var byLink = _links.AttemptAcquire(link);
        return byLink.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _linksByAddress.Dispose();
        _links.Dispose();
        _addresses.Dispose();
        _names.Dispose();
    }

    private static string Key(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static PartitionedRateLimiter<string> Make(int tries) => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
        key, _ => new SlidingWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0, AutoReplenishment = true }));
}
