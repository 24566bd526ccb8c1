using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Addresses that a notice carries where <see cref="NotificationOptions.PublicUrl"/> is set: of a page that acknowledges or silences its one alert, and of a picture of the
/// alert's chart. Each says what it opens, of which episode and until when, signed by HMAC-SHA256 with a key of this server: nothing is kept of it, and nobody makes one by guessing.
/// They are made as a notice is sent and stand in no document. Thread-safe.
/// </summary>
public sealed class NoticeLinks(IDocumentStore documents, NotificationOptions options, TimeProvider time)
{
    /// <summary>The kind and the id of the document that keeps the key.</summary>
    public const string Kind = "settings";

    /// <inheritdoc cref="Kind"/>
    public const string Id = "notice-links";

    /// <summary>For how long an action is good.</summary>
    public static readonly TimeSpan ActionLife = TimeSpan.FromHours(24);

    /// <summary>For how long a picture is: programs of mail fetch it when somebody opens the mail.</summary>
    public static readonly TimeSpan PictureLife = TimeSpan.FromDays(7);

    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaxToken = 600;

    private const int KeyBytes = 32;

    private const string LeftOut = " (Its links were left out: with them it would be too large to be sent.)";

    private byte[] _key = [];

    /// <summary>True where notices carry them.</summary>
    public bool IsOn => options.PublicUrl.Length > 0 && _key.Length == KeyBytes;

    /// <summary>Reads the key, or makes it at the first start with an address; another one is made where it cannot be read any more, and links of before open nothing then.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (options.PublicUrl.Length == 0) return;
        if (await documents.GetAsync(Kind, Id, cancellationToken) is { } body && DocumentJson.TryRead<NoticeKey>(body) is { } kept && TryKey(kept.Key, out var key))
        {
            _key = key;
            return;
        }

        var made = RandomNumberGenerator.GetBytes(KeyBytes);
        await documents.ApplyAsync([new DocumentChange(Kind, Id, DocumentJson.Write(new NoticeKey(Convert.ToBase64String(made))))], cancellationToken);
        _key = made;
    }

    /// <summary>The delivery with the links of each of its notices; the same where there are none.</summary>
    public Delivery With(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return IsOn ? delivery with { Notices = [.. delivery.Notices.Select(With)] } : delivery;
    }

    /// <summary>Whether a delivery carries any.</summary>
    public static bool StandIn(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery.Notices.Any(static notice => notice.Link is not null || notice.Picture is not null);
    }

    /// <summary>A delivery without them, which says so: what would be too large with them is told all the same.</summary>
    public static Delivery Without(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery with { Notices = [.. delivery.Notices.Select(static (notice, i) => notice with { Link = null, Picture = null, Message = i == 0 ? notice.Message + LeftOut : notice.Message })] };
    }

    /// <summary>A token that is good from now on.</summary>
    public string Make(NoticeLinkKind kind, string episode)
    {
        var until = time.GetUtcNow() + (kind == NoticeLinkKind.Action ? ActionLife : PictureLife);
        var said = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{until.ToUnixTimeSeconds()}\n{episode}"));
        return $"{Base64Url.EncodeToString(said)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, said))}";
    }

    /// <summary>The episode that a token is of, where this server made it for this, and it is still good; else null.</summary>
    public string? Read(NoticeLinkKind kind, string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!IsOn || token.Length > MaxToken || token.Split('.') is not [var first, var second] || !Base64Url.IsValid(first) || !Base64Url.IsValid(second)) return null;
        var said = Base64Url.DecodeFromChars(first);
        if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(second), HMACSHA256.HashData(_key, said))) return null;
        return Encoding.UTF8.GetString(said).Split('\n', 3) is [var of, var until, var episode] && of == kind.ToString()
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow().ToUnixTimeSeconds() < seconds ? episode : null;
    }

    private static bool TryKey(string text, out byte[] key)
    {
        key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes;
    }

    // Of a test there is no alert; of what is over there is a picture yet, and nothing to do.
    private Notice With(Notice notice) => notice.AlertId == NotificationDispatcher.TestId ? notice : notice with
    {
        Link = notice.Kind == "resolved" ? null : Address("notice", NoticeLinkKind.Action, notice),
        Picture = Address("notice-picture", NoticeLinkKind.Picture, notice),
    };

    private string Address(string path, NoticeLinkKind kind, Notice notice) => $"{options.PublicUrl.TrimEnd('/')}/{path}/{Make(kind, notice.Episode)}";
}
