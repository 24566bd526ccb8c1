using System.Security.Cryptography;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// What browsers were asked to sign and have not brought back yet. Each is taken once, within <see cref="Patience"/>, by the browser that asked for it, which a cookie names. At most
/// <see cref="MaxWaiting"/>, one an account: one more, and the oldest is forgotten. Thread-safe.
/// </summary>
internal sealed class PasskeyCeremonies(TimeProvider time)
{
    /// <summary>For how long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How many may wait.</summary>
    public const int MaxWaiting = 5_000;

    private const string Cookie = "livedash-passkey";

    private readonly Lock _gate = new();
    private readonly PrefixedCookies _cookies = new();
    // All bounded by MaxWaiting: all wait equally long, so the first is the oldest.
    private readonly Dictionary<string, LinkedListNode<Waiting>> _waiting = [];
    private readonly Dictionary<string, string> _ofUsers = [];
    private readonly LinkedList<Waiting> _order = new();

    /// <summary>Keeps what a browser is to sign.</summary>
    /// <param name="context">The request of the browser, which gets the cookie.</param>
    /// <param name="userId">Whose passkey it has to be; null for anybody's.</param>
    /// <param name="state">What Identity compares the answer with.</param>
    public void Begin(HttpContext context, string? userId, string state)
    {
        var now = time.GetUtcNow();
        var waiting = new Waiting(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), userId, state, now + Patience);
        lock (_gate)
        {
            if (userId is not null && _ofUsers.TryGetValue(userId, out var former)) Remove_NeedsLock(former);
            while (_order.First is { Value: var oldest } && (oldest.Until <= now || _order.Count >= MaxWaiting)) Remove_NeedsLock(oldest.Id);
            _waiting[waiting.Id] = _order.AddLast(waiting);
            if (userId is not null) _ofUsers[userId] = waiting.Id;
        }

        _cookies.AppendResponseCookie(context, Cookie, waiting.Id, Options(context));
    }

    /// <summary>Takes what this browser was asked to sign, for that account or for anybody; null where there is nothing.</summary>
    public string? Take(HttpContext context, string? userId)
    {
        if (_cookies.GetRequestCookie(context, Cookie) is not { Length: > 0 } id) return null;
        _cookies.DeleteCookie(context, Cookie, Options(context));
        lock (_gate) return Remove_NeedsLock(id) is { } waiting && waiting.UserId == userId && waiting.Until > time.GetUtcNow() ? waiting.State : null;
    }

    private Waiting? Remove_NeedsLock(string id)
    {
        if (!_waiting.Remove(id, out var node)) return null;
        _order.Remove(node);
        if (node.Value.UserId is { } userId) _ofUsers.Remove(userId);
        return node.Value;
    }

    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/" };

    private sealed record Waiting(string Id, string? UserId, string State, DateTimeOffset Until);
}
