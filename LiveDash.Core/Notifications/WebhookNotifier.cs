using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Posts notices as JSON: the general form, a template, or what Slack and Alertmanager take. Follows no redirect, uses no proxy and reads no
/// body; 2xx is success, timeouts, 408, 429 and 5xx are tried again, anything else never works. Thread-safe.
/// </summary>
internal sealed class WebhookNotifier : INotifier, IDisposable
{
    /// <summary>The longest body.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public WebhookNotifier(NotificationOptions options, TimeProvider time)
    {
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = new AddressGuard(options).ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["webhook", "slack", "alertmanager"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcTicks;
        var body = WebhookBodies.Write(channel, delivery, now);
        var length = body.Length;
        // An alert that is told without its links is worth more than one that is not told.
        if (length > MaxBodyBytes && NoticeLinks.StandIn(delivery)) body = WebhookBodies.Write(channel, NoticeLinks.Without(delivery), now);
        if (body.Length > MaxBodyBytes) return NotifyResult.Refused($"The body would be {body.Length:N0} bytes long; at most {MaxBodyBytes:N0} are sent.");
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", WebUtility.UrlEncode(delivery.Key).Replace("%3A", ":", StringComparison.Ordinal));
        request.Headers.TryAddWithoutValidation("User-Agent", "LiveDash");
        if (!string.IsNullOrEmpty(channel.Secret)) Sign(request, body, channel.Secret);
        foreach (var (name, value) in channel.Headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var said = string.Create(CultureInfo.InvariantCulture, $"The receiver answered {(int)answer.StatusCode} {answer.ReasonPhrase}");
            if (answer.IsSuccessStatusCode) return body.Length == length ? NotifyResult.Delivered : NotifyResult.Delivered with { Detail = $"Sent without its links: with them the body would have been {length:N0} bytes long, and at most {MaxBodyBytes:N0} are sent." };
            var mayWork = answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500;
            return mayWork ? NotifyResult.Retry(said, RetryAfter(answer)) : NotifyResult.Refused(said);
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException refused)
        {
            return NotifyResult.Refused(refused.Message);
        }
        catch (HttpRequestException e)
        {
            return NotifyResult.Retry(e.InnerException?.Message ?? e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow(),
        _ => null,
    };

    // The time is signed with the body, so that an old notice cannot be played back.
    private void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        var stamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(stamp + "."), .. body];
        request.Headers.TryAddWithoutValidation("X-LiveDash-Timestamp", stamp);
        request.Headers.TryAddWithoutValidation("X-LiveDash-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
    }
}
